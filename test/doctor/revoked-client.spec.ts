import { expect, it } from '@jest/globals';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { scimClient } from '../harness/workspace.ts';

const service = useService();
const workspace = useWorkspace(service);
const { admin } = workspace;

const findingIn = async (language: string) => {
  const { body } = await admin
    .get('/api/user-provisioning/findings')
    .set('Accept-Language', language)
    .expect(200);
  return body.items.find(({ code }) => code === 'token-revoked');
};

it('who still comes with a revoked OAuth client is told of a client, and to make another one', async () => {
  const { body: client } = await admin.post('/api/oauth-clients', { name: 'Entra' }).expect(201);
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
  const answer = await fetch(`${service.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  await admin.delete(`/api/oauth-clients/${client.id}`).expect(204);
  await scimClient(service, token).get('/Users').expect(401);
  const english = await findingIn('en');
  expect(english?.title).toBe('A revoked OAuth client is still being used');
  expect(english?.text).toMatch(/^The OAuth client “Entra” \(mcc_/);
  expect(english?.fix.steps).toEqual([
    expect.stringContaining('Create a new OAuth client'),
    expect.stringContaining('client ID and the client secret'),
  ]);
  expect((await findingIn('de'))?.title).toBe('Ein widerrufener OAuth-Client wird noch verwendet');
});

it('who still comes with a revoked API token is told of a token', async () => {
  const { body: issued } = await admin.post('/api/tokens', { name: 'Old' }).expect(201);
  await admin.delete(`/api/tokens/${issued.id}`).expect(204);
  await scimClient(service, issued.secret).get('/Users').expect(401);
  const finding = await findingIn('en');
  expect(finding?.title).toBe('A revoked API token is still being used');
  expect(finding?.fix.steps[0]).toContain('Create a new API token');
});
