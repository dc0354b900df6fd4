import type { Queryable } from '../database/queryable.ts';
import { type LoadedPeople, loadPeople } from './load-people.ts';
import type { Rulebook } from './rulebook.ts';
import { claimPeople, type QueueEntry } from './sync-queue.ts';
import type { WriteContext } from './write-decisions.ts';

/** How often people are added because somebody among them wants the address of one of them. */
export const companionRoundsMax = 8;

/** People who are decided about together, with the queue entries that this settles. */
export interface PreparedPeople {
  loaded: LoadedPeople;
  entries: QueueEntry[];
}

/**
 * Loads claimed people, together with those of the same queue whose address one of them wants.
 *
 * @param dueBy who was due then may be added
 * @param handled who has been prepared in this transaction; these people are added to it
 */
export async function preparePeople(
  db: Queryable,
  { workspaceId, runId, now }: WriteContext,
  claimed: { entries: readonly QueueEntry[]; dueBy: Date },
  book: Rulebook,
  handled: Set<string>,
): Promise<PreparedPeople> {
  const entries = claimed.entries.filter(({ directoryUserId }) => !handled.has(directoryUserId));
  const options = { lock: true, now };
  for (const id of idsOf(entries)) handled.add(id);
  let loaded = await loadPeople(db, workspaceId, idsOf(entries), book, options);
  for (let round = 0; round < companionRoundsMax; round += 1) {
    const companions = companionsOf(loaded).filter((id) => !handled.has(id));
    if (companions.length === 0) break;
    const more = await claimPeople(db, workspaceId, runId, companions, claimed.dueBy);
    if (more.length === 0) break;
    entries.push(...more);
    for (const id of idsOf(more)) handled.add(id);
    loaded = await loadPeople(db, workspaceId, idsOf(entries), book, options);
  }
  return { loaded, entries };
}

/** People who are due and hold an address that somebody wants: they are planned together. */
export function companionsOf(loaded: LoadedPeople): string[] {
  return [...loaded.holders.values()].flatMap(({ directoryUserId, due }) =>
    due && directoryUserId !== null ? [directoryUserId] : [],
  );
}

function idsOf(entries: readonly QueueEntry[]): string[] {
  return entries.map(({ directoryUserId }) => directoryUserId);
}
