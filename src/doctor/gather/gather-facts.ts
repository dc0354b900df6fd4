import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import { countUsers } from '../../scim/directory/directory-counts.ts';
import type { TokenAttempt } from '../../tokens/token-attempt.ts';
import type { EarlyPeople, Facts } from '../facts/facts.ts';
import { recognizedProvider } from '../facts/provider.ts';
import { tenureMs } from '../rules/people.ts';
import { cycleBeganWithinMs } from '../rules/traffic.ts';
import { earlyPeopleMax, readDeletions, readEarlyPeople, readPeople } from './people-facts.ts';
import {
  newestGroupsMax,
  readDropped,
  readGroups,
  readNested,
  readRefusals,
  readRequests,
} from './traffic-facts.ts';

/**
 * Reads what is known of a workspace's identity provider: a fixed number of statements, each of which an index answers with
 * a bounded number of rows. Only while one of the rules may name how many people there are, a large company is counted.
 */
export async function gatherFacts(
  db: Db,
  workspaceId: string,
  given: Pick<Facts, 'now' | 'lastContact'> & { attempts: readonly TokenAttempt[] },
): Promise<Facts> {
  const [groups, hasManagers, people, early, groupFacts, nested, requests, refusals, dropped] =
    await Promise.all([
      countGroups(db, workspaceId),
      haveManagers(db, workspaceId),
      readPeople(db, workspaceId),
      readEarlyPeople(db, workspaceId),
      readGroups(db, workspaceId),
      readNested(db, workspaceId),
      readRequests(db, workspaceId),
      readRefusals(db, workspaceId, given.now),
      readDropped(db, workspaceId, given.now),
    ]);
  const deletions = await readDeletions(db, workspaceId, requests);
  const isAll = early.count < earlyPeopleMax;
  const users =
    isAll || !mayNameCount(early, hasManagers, given.now) ? early.count : await countUsers(db, workspaceId);
  const provider = recognizedProvider(requests);
  return {
    ...given,
    ...{ users, groups, hasManagers },
    ...{ provider, people, early, groupFacts, nested, requests, refusals, dropped, deletions },
  };
}

/**
 * The first cycle is under way, no manager was ever sent, or nobody has ever left: these findings say how many there are.
 */
function mayNameCount({ since, inactive }: EarlyPeople, hasManagers: boolean, now: Date): boolean {
  const ageMs = since === null ? 0 : now.getTime() - since.getTime();
  return !hasManagers || ageMs < cycleBeganWithinMs || (inactive === 0 && ageMs > tenureMs);
}

/** At most as many as are looked at, and one more. */
async function countGroups(db: Db, workspaceId: string): Promise<number> {
  const { rows } = await db.run(
    sql<{ count: number }>`SELECT count(*)::int AS count FROM (
        SELECT FROM directory_group WHERE workspace_id = ${workspaceId} LIMIT ${newestGroupsMax + 1}) g`,
  );
  return rows[0]?.count ?? 0;
}

async function haveManagers(db: Db, workspaceId: string): Promise<boolean> {
  const { rows } = await db.run(
    sql<{ have: boolean }>`SELECT EXISTS (
        SELECT FROM directory_user WHERE workspace_id = ${workspaceId} AND manager_value IS NOT NULL) AS have`,
  );
  return rows[0]?.have ?? false;
}
