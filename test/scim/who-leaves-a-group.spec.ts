import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommitNotes } from '../../src/database/commit-notes.ts';
import { laneTopic } from '../../src/workspaces/lane-topic.ts';
import { eventually } from '../harness/synchronize.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';
import { givenGroup, givenUser, groupUrn, patchOf } from './directory.ts';
import { expectScimAnswer } from './scim-expectations.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;

let told: string[] = [];
let user: string;
let group: string;

beforeEach(async () => {
  service.provider<CommitNotes>('CommitNotes').listen(laneTopic, (ids) => told.push(...ids));
  ({ id: user } = await givenUser(scim));
  ({ id: group } = await givenGroup(scim, {}, [user]));
  told = [];
});

/** Deletes the group while another change of it is under way, so that it is locked first. */
async function deleteOpposed(): Promise<void> {
  const { dataSource } = service;
  const other = dataSource.createQueryRunner();
  try {
    await other.startTransaction();
    await other.query(
      'UPDATE directory_group SET version = version + 1 WHERE workspace_id = $1 AND id = $2',
      [workspace.id, group],
    );
    const asked = Promise.all([scim.delete(`/Groups/${group}`)]);
    await eventually(async () => ((await waitingStatements(dataSource)) > 0 ? true : null));
    await other.commitTransaction();
    const [answer] = await asked;
    expectScimAnswer(answer, 204);
  } finally {
    await other.release();
  }
}

const leaving: Record<string, () => Promise<unknown>> = {
  'a PATCH of the members': async () => {
    const operation = { op: 'remove', path: `members[value eq "${user}"]` };
    expectScimAnswer(await scim.patch(`/Groups/${group}`, patchOf(operation)), 204);
  },
  'a PATCH with other attributes': async () => {
    const renamed = { op: 'replace', path: 'displayName', value: 'Others' };
    const operation = { op: 'remove', path: 'members' };
    expectScimAnswer(await scim.patch(`/Groups/${group}`, patchOf(renamed, operation)), 204);
  },
  'a PUT': async () => {
    const body = { schemas: [groupUrn], displayName: 'Makers', members: [] };
    expectScimAnswer(await scim.put(`/Groups/${group}`, body), 200);
  },
  'a DELETE': async () => expectScimAnswer(await scim.delete(`/Groups/${group}`), 204),
  'a DELETE beside another change': deleteOpposed,
};

describe('the lane', () => {
  it.each(Object.keys(leaving))('hears at once of who leaves a group by %s', async (how) => {
    await leaving[how]?.();
    expect(told).toContain(workspace.id);
  });
});
