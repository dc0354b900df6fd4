import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from '@jest/globals';
import type { LogWriter } from '../../src/provisioning-log/log-writer.ts';
import { type Place, useSeveralAndPlain } from '../harness/several-nodes.ts';
import { eventually } from '../harness/synchronize.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import { givenUser } from '../scim/directory.ts';

const { several, plain, sent } = useSeveralAndPlain();

/** Longer than between two writes of what waits. */
const writesAgainMs = 1_500;

beforeEach(() => {
  sent.length = 0;
});

const ofLog = () => sent.filter((text) => text.includes('provisioning_log'));
const ofContacts = () => sent.filter((text) => text.startsWith('UPDATE workspace SET last_contact_at'));
const writerOf = ({ service }: Place) => service.provider<LogWriter>('LogWriter');

it('the log of each workspace goes to its node by one command, and becomes what it becomes elsewhere', async () => {
  const logOf = async (place: Place) => {
    const other = await givenWorkspace(place.service);
    await writerOf(place).flush();
    sent.length = 0;
    for (const { scim } of [place.workspace, other]) {
      await givenUser(scim, { userName: 'o\'neil "q"@log.example', externalId: 'o' });
      await scim.get('/Users?filter=externalId+eq+"o"').expect(200);
      await scim.get('/Users/nobody').expect(404);
    }
    await writerOf(place).flush();
    const read = (text: string) =>
      place.service.dataSource.query<unknown[]>(text, [[place.workspace.id, other.id]]);
    return {
      entries:
        await read(`SELECT workspace_id = ($1::uuid[])[1] AS first, method, regexp_replace(path, '[0-9a-f-]{36}', 'id') AS path,
        status, found, resource_type, cardinality(event_ids) AS events FROM provisioning_log
        WHERE workspace_id = ANY ($1::uuid[]) ORDER BY first, id`),
      bodies:
        await read(`SELECT request ->> 'userName' AS name, answer IS NOT NULL AS answered FROM provisioning_log_body
        WHERE workspace_id = ANY ($1::uuid[]) ORDER BY 1, 2`),
      filled: await read(
        'SELECT count(*) > 0 AS is FROM provisioning_log_day WHERE workspace_id = ANY ($1::uuid[]) AND bytes > 600',
      ),
    };
  };
  const elsewhere = await logOf(plain);
  const seen = await logOf(several);
  expect(seen).toEqual(elsewhere);
  expect(seen.entries).toHaveLength(6);
  const written = sent.filter(
    (text) => text.includes('on_node_steps') && text.includes('"workspaceId" uuid'),
  );
  expect(written.length).toBeGreaterThanOrEqual(2);
  expect(ofLog().filter((text) => text.includes('INSERT'))).toEqual([]);
});

it('every node is told of the last contact from time to time, not with each request; and of the last one in the end', async () => {
  const { service } = several;
  const { scim, id } = await givenWorkspace(service);
  const statusOf = async () => {
    const [row] = await service.dataSource.query<{ status: number | null }[]>(
      'SELECT last_contact_status AS status FROM workspace WHERE id = $1',
      [id],
    );
    return row?.status ?? null;
  };
  await scim.get('/Users?count=1').expect(200);
  expect(await eventually(statusOf)).toBe(200);
  sent.length = 0;
  await scim.get('/Users/nobody').expect(404);
  await sleep(writesAgainMs);
  expect(ofContacts()).toEqual([]);
  expect(await statusOf()).toBe(200);
  await writerOf(several).flush();
  expect(await statusOf()).toBe(404);
});

it('who locks the whole table of workspaces, as one row does there, keeps last contacts waiting and not the log', async () => {
  const { service } = several;
  const { scim, id } = await givenWorkspace(service);
  const read = async (text: string) => (await service.dataSource.query<unknown[]>(text, [id])).length;
  const runner = service.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query('LOCK TABLE workspace IN EXCLUSIVE MODE');
    await scim.get('/Users/nobody').expect(404);
    await writerOf(several).flush();
    expect(await read('SELECT FROM provisioning_log WHERE workspace_id = $1')).toBe(1);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
  await writerOf(several).flush();
  expect(await read('SELECT FROM workspace WHERE id = $1 AND last_contact_status = 404')).toBe(1);
});
