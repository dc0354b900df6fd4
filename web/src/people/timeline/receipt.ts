import type { TimelineEntry } from '../../api/shapes.ts';
import { timelineChanges } from '../../provisioning/log/directory-change.ts';

/** What the product did about an event, as the timeline has it. */
export interface Receipt {
  event: { type: string; at: string; by: string };
  sessionsEnded: number | null;
  tokensRevoked: number | null;
}

const ends: readonly string[] = ['member.deactivated', 'member.removed', 'member.suspended'];
const askedFor: readonly string[] = ['run', 'leaver'];

/** The receipt that an entry is; null for any other entry. */
export function receiptOf(entry: TimelineEntry): Receipt | null {
  return entry.kind === 'receipt' ? (entry.changes as unknown as Receipt) : null;
}

/**
 * The moments of a leaver: when the identity provider asked, and when access ended. Null for a receipt about anything
 * else. `asked` is null where nobody asked, as when an admin removed the member.
 */
export function endOfAccess(
  { event }: Receipt,
  entries: readonly TimelineEntry[],
): { asked: string | null; ended: string } | null {
  if (!ends.includes(event.type)) return null;
  const asked = askedFor.includes(event.by)
    ? entries.findLast((entry) => asksToEnd(entry) && Date.parse(entry.at) <= Date.parse(event.at))
    : undefined;
  return { asked: asked?.at ?? null, ended: event.at };
}

function asksToEnd({ by, kind, changes }: TimelineEntry): boolean {
  if (by !== 'identity_provider') return false;
  return (
    kind === 'deleted' ||
    timelineChanges(changes).some(({ field, after }) => field === 'status' && after === 'deactivated')
  );
}
