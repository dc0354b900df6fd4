import type { StatementsInTurn } from '../../database/in-turn.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import type { Rulebook } from '../policy/rulebook.ts';
import { claimPeople, type QueueEntry } from '../planning/claim-people.ts';
import type { WriteContext } from './write-decisions.ts';

/** How often people are added because somebody among them wants the address of one of them. */
const companionRoundsMax = 8;

/** People who are decided about together, with the queue entries that this settles. */
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
  db: StatementsInTurn,
  { workspaceId, runId, now, dueBy }: WriteContext,
  claimed: readonly QueueEntry[],
  book: Rulebook,
  handled: Set<string>,
): Promise<PreparedPeople> {
  const entries = claimed.filter(({ directoryUserId }) => !handled.has(directoryUserId));
  for (const id of idsOf(entries)) handled.add(id);
  const loaded = await loadWithCompanions(db, idsOf(entries), book, { lock: true, now }, async (wanted) => {
    const companions = wanted.filter((id) => !handled.has(id));
    if (companions.length === 0) return [];
    const more = await claimPeople(db, workspaceId, runId, companions, dueBy);
    entries.push(...more);
    for (const id of idsOf(more)) handled.add(id);
    return idsOf(more);
  });
  return { loaded, entries };
}

/**
 * Loads people, and with them those who are due and hold an address that one of them wants: they are decided about
 * together, by the preview as by a run.
 *
 * @param take is told who could come along, and answers who does
 */
export async function loadWithCompanions(
  db: StatementsInTurn,
  people: readonly string[],
  book: Rulebook,
  options: { lock: boolean; now: Date },
  take: (companions: string[]) => readonly string[] | Promise<readonly string[]>,
): Promise<LoadedPeople> {
  const workspaceId = book.workspace.id;
  const ids = [...people];
  let loaded = await loadPeople(db, workspaceId, ids, book, options);
  for (let round = 0; round < companionRoundsMax; round += 1) {
    const more = await take(companionsOf(loaded));
    if (more.length === 0) break;
    ids.push(...more);
    loaded = await loadPeople(db, workspaceId, ids, book, options);
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
