import type { Change, Reason } from '../decision/change.ts';
import { conflicts, type Offer } from '../decision/conflicts.ts';
import { type Language, reasonText } from './reasons.ts';

/** A reason with its sentence in the asker's language. */
export type ReasonView = Reason & { text: string };

/** CHANGE of the HTTP contract. */
export type ChangeView = Omit<Change, 'reason'> & { reason: ReasonView };

/** CHANGE that has not been made, and what can be done about it. */
export type PendingChangeView = ChangeView & { offers: Offer[] };

/** CHANGE in the asker's language. */
export function toChangeView(change: Change, language: Language): ChangeView {
  const { kind, directoryUserId, memberId, name, fields, reason } = change;
  return { kind, directoryUserId, memberId, name, fields, reason: worded(reason, language) };
}

/** A reason in the asker's language. */
export function worded(reason: Reason, language: Language): ReasonView {
  return { ...reason, text: reasonText(reason, language) };
}

/** A change that has not been made: whoever would be created has no member yet, so there is no id to look him up by. */
export function toPendingView(change: Change, language: Language): PendingChangeView {
  const known = change.kind === 'create' ? { ...change, memberId: null } : change;
  return { ...toChangeView(known, language), offers: offersFor(change) };
}

/** What an admin can do about a change that is pending or kept back; nothing of it is refused. */
export function offersFor({ kind, reason }: Pick<Change, 'kind' | 'reason'>): Offer[] {
  switch (kind) {
    case 'conflict':
      return [...(conflicts[reason.code]?.offers ?? ['exclude' as const])];
    case 'create':
      return ['link', 'exclude'];
    case 'suppressed':
      return ['lift', 'exclude'];
    case 'excluded':
      return ['include'];
    default:
      return ['exclude'];
  }
}
