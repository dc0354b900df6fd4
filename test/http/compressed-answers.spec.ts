import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useSharedWorkspace(service);

beforeAll(async () => {
  for (let at = 0; at < 5; at += 1) {
    await workspace.admin.post('/api/members', { email: `member-${at}@example.com` }).expect(201);
  }
});

function ask(path: string, encoding: string, token = workspace.adminToken): Promise<Response> {
  return fetch(service.url + path, {
    headers: { 'accept-encoding': encoding, authorization: `Bearer ${token}` },
  });
}

describe('an answer of the admin API', () => {
  it.each([
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
  ])('comes compressed as the client takes it: %s', async (accepted, encoding) => {
    const answer = await ask('/api/members', accepted);
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toMatch(/Accept-Encoding/i);
    expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(5);
    const file = await ask('/api/members/export', accepted);
    expect([file.headers.get('content-encoding'), (await file.text()).split('\n')[1]]).toEqual([
      encoding,
      expect.stringContaining('member-'),
    ]);
  });

  it('comes plain when it is small, when the client wants that, and from the other doors', async () => {
    const small = await ask('/api/user-provisioning/settings', 'br');
    const unwanted = await ask('/api/members', 'identity');
    const scim = await ask('/scim/v2/Schemas', 'br, gzip', workspace.token);
    const operator = await ask('/operator/workspaces', 'br, gzip', service.config.operatorToken);
    const encodings = [small, unwanted, scim, operator].map(({ status, headers }) => [
      status,
      headers.get('content-encoding'),
    ]);
    expect(encodings).toEqual(Array.from({ length: 4 }, () => [200, null]));
  });

  it('with a secret is compressed by nobody, however long it is', async () => {
    const answer = await fetch(`${service.url}/api/session`, {
      headers: { 'accept-encoding': 'br, gzip', authorization: `Bearer ${workspace.adminToken}` },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(answer.headers.get('content-encoding')).toBe(null);
  });
});
