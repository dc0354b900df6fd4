import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { TokenAttempt } from '../../tokens/token-attempt.ts';
import type { Facts } from '../facts/facts.ts';
import { recognizedProvider } from '../facts/provider.ts';
import { readDeletions, readEarlyPeople, readPeople } from './people-facts.ts';
import { readDropped, readGroups, readNested, readRefusals, readRequests } from './traffic-facts.ts';

interface Counts {
  users: number;
  groups: number;
  hasManagers: boolean;
}

/**
 * Reads what is known of a workspace's identity provider: a fixed number of statements, each of which an index answers with a
 * bounded number of rows, apart from the count of people, which reads an index.
 */
export async function gatherFacts(
  db: Db,
  workspaceId: string,
  given: Pick<Facts, 'now' | 'lastContact'> & { attempts: readonly TokenAttempt[] },
): Promise<Facts> {
  const [counts, people, early, groupFacts, nested, requests, refusals, dropped] = await Promise.all([
    readCounts(db, workspaceId),
    readPeople(db, workspaceId),
    readEarlyPeople(db, workspaceId),
    readGroups(db, workspaceId),
    readNested(db, workspaceId),
    readRequests(db, workspaceId),
    readRefusals(db, workspaceId, given.now),
    readDropped(db, workspaceId, given.now),
  ]);
  const deletions = await readDeletions(db, workspaceId, requests);
  const provider = recognizedProvider(requests);
  return {
    ...given,
    ...counts,
    ...{ provider, people, early, groupFacts, nested, requests, refusals, dropped, deletions },
  };
}

async function readCounts(db: Db, workspaceId: string): Promise<Counts> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<Counts>`SELECT (SELECT count(*)::int FROM directory_user WHERE workspace_id = ${workspace}) AS users,
        (SELECT count(*)::int FROM directory_group WHERE workspace_id = ${workspace}) AS groups,
        EXISTS (SELECT FROM directory_user WHERE workspace_id = ${workspace} AND manager_value IS NOT NULL) AS "hasManagers"`,
  );
  return rows[0] ?? { users: 0, groups: 0, hasManagers: false };
}
