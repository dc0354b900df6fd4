import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { claimPeople, type QueueEntry } from '../planning/claim-people.ts';
import type { WriteContext } from './write-context.ts';

/** How often people are added because somebody wants their address. */
const companionRoundsMax = 8;

/** People who are planned together, with the queue entries that this handles. */
export interface PreparedPeople {
  loaded: LoadedPeople;
  entries: QueueEntry[];
}

/**
 * Loads claimed people, together with those of the same queue whose address one of them wants.
 *
 * @param handled who has been prepared in this transaction; these people are added to it
 */
export async function preparePeople(
  db: StatementPipeline,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  policy: SyncPolicy,
  handled: Set<string>,
): Promise<PreparedPeople> {
  const entries = claimed.filter(({ directoryUserId }) => !handled.has(directoryUserId));
  for (const id of idsOf(entries)) handled.add(id);
  const loaded = await loadWithCompanions(
    db,
    idsOf(entries),
    policy,
    { lock: true, now: context.now },
    async (wanted) => {
      const companions = wanted.filter((id) => !handled.has(id));
      if (companions.length === 0) return [];
      const more = await claimPeople(db, context, companions);
      entries.push(...more);
      for (const id of idsOf(more)) handled.add(id);
      return idsOf(more);
    },
  );
  return { loaded, entries };
}

/**
 * Loads people together with those who are due and hold an address that one of them wants: both are planned together, by
 * the preview as by a run.
 *
 * @param take receives the people who could be added, and returns those to add
 */
export async function loadWithCompanions(
  db: StatementPipeline,
  people: readonly string[],
  policy: SyncPolicy,
  options: { lock: boolean; now: Date },
  take: (companions: string[]) => readonly string[] | Promise<readonly string[]>,
): Promise<LoadedPeople> {
  const workspaceId = policy.workspace.id;
  const ids = [...people];
  let loaded = await loadPeople(db, workspaceId, ids, policy, options);
  for (let round = 0; round < companionRoundsMax; round += 1) {
    const more = await take(companionsOf(loaded));
    if (more.length === 0) break;
    ids.push(...more);
    loaded = await loadPeople(db, workspaceId, ids, policy, options);
  }
  return loaded;
}

function companionsOf(loaded: LoadedPeople): string[] {
  return [...loaded.holders.values()].flatMap(({ directoryUserId, due }) =>
    due && directoryUserId !== null ? [directoryUserId] : [],
  );
}

function idsOf(entries: readonly QueueEntry[]): string[] {
  return entries.map(({ directoryUserId }) => directoryUserId);
}
