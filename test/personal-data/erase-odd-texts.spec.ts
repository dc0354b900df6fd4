import { describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { enterpriseUrn, givenUser, patchOf } from '../scim/directory.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const { operator, scim } = workspace;

/** What an identity provider may have sent about a person, even if it was refused. */
const sent: Readonly<Record<string, unknown>> = {
  'a NUL': 'Ann\u0000Smith',
  'half of a pair of surrogates': 'Ann\ud800Smith',
  'signs of a pattern': '***:(?i)[Ann]{2,1}\\',
  'a line feed': 'Ann\nSmith',
  'a long text': 'x'.repeat(70_000),
  'a long text of signs of two halves': '𝔘'.repeat(2_000),
};

describe('a person with an odd text', () => {
  it.each(Object.keys(sent))('can be erased all the same: %s', async (name) => {
    const { id } = await givenUser(scim);
    for (const path of [
      'displayName',
      'externalId',
      'userName',
      'name.givenName',
      `${enterpriseUrn}:employeeNumber`,
    ])
      await scim.patch(`/Users/${id}`, patchOf({ op: 'replace', path, value: sent[name] }));
    await scim.patch(`/Users/${id}`, patchOf({ op: 'add', path: 'photos', value: [{ value: sent[name] }] }));
    const erasure = await operator.post(`/operator/workspaces/${workspace.id}/directory-users/${id}/erase`, {
      reason: 'Asked for',
    });
    expect(erasure.status).toBe(200);
  });

  it('can be erased, although there are as many of them as are looked for', async () => {
    const { id } = await givenUser(scim);
    const emails = Array.from({ length: 120 }, (_, at) => ({
      value: `${at}${'ann'.repeat(60)}@example.com`,
    }));
    await scim.patch(`/Users/${id}`, patchOf({ op: 'add', path: 'emails', value: emails })).expect(200);
    await operator
      .post(`/operator/workspaces/${workspace.id}/directory-users/${id}/erase`, { reason: 'Asked for' })
      .expect(200);
  });
});
