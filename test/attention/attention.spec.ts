import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPerson } from '../harness/directory-person.ts';
import { useService } from '../harness/use-service.ts';
import { givenProductKey, givenWorkspace, productClient, type TestWorkspace } from '../harness/workspace.ts';

const service = useService();
let well: TestWorkspace;
let silent: TestWorkspace;
let tokenless: TestWorkspace;

beforeAll(async () => {
  silent = await givenWorkspace(service, { name: 'Silent AG' });
  await givenPerson(silent.scim, 'somebody@example.com');
  await silent.scim.get('/Users').expect(200);
  await contactNoted(silent.id);
  tokenless = await givenWorkspace(service, { name: 'Tokenless AG' });
  const [token] = (await tokenless.admin.get('/api/tokens').expect(200)).body.items;
  await tokenless.admin.delete(`/api/tokens/${token?.id}`).expect(204);
  service.clock.advance({ days: 2 });
  well = await givenWorkspace(service, { name: 'Well AG' });
});

/** The last contact is written beside requests. */
async function contactNoted(id: string): Promise<void> {
  for (;;) {
    const [row] = await service.dataSource.query<{ at: Date | null }[]>(
      'SELECT last_contact_at AS at FROM workspace WHERE id = $1',
      [id],
    );
    if (row?.at) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('what needs somebody', () => {
  it('is listed by workspace, in the language of the reader, and not for those who are well', async () => {
    const { body } = await well.operator.get('/operator/attention').set('Accept-Language', 'de').expect(200);
    expect(body.items.map(({ name, needs }) => [name, needs.map(({ code }) => code)])).toEqual([
      ['Silent AG', ['identity-provider-silent']],
      ['Tokenless AG', ['no-token']],
    ]);
    expect(body.items[0]?.needs[0]?.text).toBe(
      'Der Identitätsanbieter hat sich seit mindestens einem Tag nicht gemeldet.',
    );
    expect(body.nextCursor).toBeNull();
  });

  it('is filtered by what it is, and paged', async () => {
    const only = await well.operator.get('/operator/attention?code=no-token').expect(200);
    expect(only.body.items.map(({ id }) => id)).toEqual([tokenless.id]);
    const first = await well.operator.get('/operator/attention?limit=1').expect(200);
    const next = encodeURIComponent(first.body.nextCursor ?? '');
    const second = await well.operator.get(`/operator/attention?limit=1&cursor=${next}`).expect(200);
    expect([first, second].map(({ body }) => body.items[0]?.id)).toEqual([silent.id, tokenless.id]);
    await well.operator.get('/operator/attention?code=anything').expect(400);
  });

  it('shows a product key only the workspaces that it is limited to', async () => {
    const key = await givenProductKey(service, {
      scopes: ['workspaces:read'],
      workspaceIds: [tokenless.id, well.id],
    });
    const { body } = await productClient(service, key.secret).get('/operator/attention').expect(200);
    expect(body.items.map(({ id }) => id)).toEqual([tokenless.id]);
  });

  it('stands beside each workspace of the list when it is asked for', async () => {
    const plain = await well.operator.get('/operator/workspaces').expect(200);
    expect(plain.body.items.map(({ health }) => health)).toEqual([undefined, undefined, undefined]);
    const { body } = await well.operator.get('/operator/workspaces?include=health').expect(200);
    expect(body.items.map(({ name, health }) => [name, health?.needs.map(({ code }) => code)])).toEqual([
      ['Silent AG', ['identity-provider-silent']],
      ['Tokenless AG', ['no-token']],
      ['Well AG', []],
    ]);
    expect(body.items[0]?.health?.lastContactAt).not.toBeNull();
  });
});
