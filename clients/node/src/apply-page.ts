import { CollectedChanges } from './changes.ts';
import type { Event, EventPage } from './event.ts';
import { MirrorNotes } from './mirror-notes.ts';
import type { Store, StoreTransaction } from './store.ts';

/** Where to stop in a workspace: events after this one are left for later. */
export interface Stop {
  workspaceId: string;
  sequence: number;
}

/** What is to be applied. */
export interface PageWork<Tx extends StoreTransaction> {
  store: Store<Tx>;
  page: EventPage;
  /** The cursor that the page was read after. */
  after: string;
  stop?: Stop | undefined;
  /** Called in the transaction, with the events that are new to the copy. */
  onEvents?: ((events: readonly Event[], transaction: Tx) => Promise<void>) | undefined;
}

/**
 * Applies a page of events and saves the cursor after it, in one transaction.
 *
 * Each workspace has its own count of events without a gap: an event that was applied before is passed over, and one that
 * does not follow the last says that the copy lacks something. So nothing is lost or done twice when a process was killed,
 * when two run at once, or when the page was read from too early a place.
 *
 * @returns the workspaces whose copy needs a snapshot first; the cursor stays where it was, so that the page comes again
 */
export function applyPage<Tx extends StoreTransaction>(work: PageWork<Tx>): Promise<{ unknown: string[] }> {
  const { store, page, after, stop, onEvents } = work;
  return store.transaction(async (tx) => {
    const notes = new MirrorNotes(tx);
    const unknown: string[] = [];
    const fresh: Event[] = [];
    let isComplete = true;
    for (const [workspaceId, events] of Map.groupBy(page.items, (event) => event.workspaceId)) {
      const note = await notes.workspace(workspaceId);
      if (note === null || note.snapshot !== null) {
        unknown.push(workspaceId);
        continue;
      }
      const news = events.filter(({ sequence }) => sequence > note.sequence);
      const wanted = news.filter(
        ({ sequence }) => stop?.workspaceId !== workspaceId || sequence <= stop.sequence,
      );
      if (wanted.length < news.length) isComplete = false;
      const last = wanted.at(-1);
      if (last === undefined) continue;
      if (!follows(wanted, note.sequence)) {
        unknown.push(workspaceId);
        continue;
      }
      await applyEvents(tx, workspaceId, wanted);
      await notes.writeWorkspace(workspaceId, { ...note, sequence: last.sequence });
      fresh.push(...wanted);
    }
    if (fresh.length > 0) await onEvents?.(fresh, tx);
    if (unknown.length === 0 && isComplete && (await notes.cursor()) === after)
      await notes.writeCursor(page.next);
    return { unknown };
  });
}

async function applyEvents(
  tx: StoreTransaction,
  workspaceId: string,
  events: readonly Event[],
): Promise<void> {
  const ids = events.filter(({ subject }) => subject.kind === 'member').map(({ subject }) => subject.id);
  const versions =
    ids.length === 0 ? new Map<string, number>() : await tx.versionsOf(workspaceId, [...new Set(ids)]);
  const collected = new CollectedChanges(versions);
  for (const event of events) collected.event(event);
  if (collected.size > 0) await tx.apply(workspaceId, collected.changes, null);
}

function follows(events: readonly Event[], sequence: number): boolean {
  return events.every((event, at) => event.sequence === sequence + 1 + at);
}
