import type { Language } from '../../errors/sentence.ts';
import type { Change } from '../decision/change.ts';
import { conflicts, isConflictCode, type Offer } from '../decision/conflicts.ts';
import type { ShownReason } from '../decision/reason.ts';
import { reasonText } from './reasons.ts';
import { type ExplainedChange, shownReason } from './shown-reason.ts';

/** A reason with its sentence in the asker's language. */
export type ReasonView = ShownReason & { text: string };

/** CHANGE of the HTTP contract. */
export type ChangeView = Pick<Change, 'kind' | 'directoryUserId' | 'memberId' | 'name' | 'fields'> & {
  reason: ReasonView;
};

/** CHANGE that has not been made, and what can be done about it. */
export type PendingChangeView = ChangeView & { offers: Offer[] };

/** CHANGE in the asker's language. */
export function toChangeView(
  change: Omit<ChangeView, 'reason'> & ExplainedChange,
  language: Language,
): ChangeView {
  const { kind, directoryUserId, memberId, name, fields } = change;
  return {
    kind,
    directoryUserId,
    memberId,
    name,
    fields,
    reason: worded(shownReason(change), language),
  };
}

/** A reason in the asker's language. */
export function worded(reason: ShownReason, language: Language): ReasonView {
  return { ...reason, text: reasonText(reason, language) };
}

/** A change that has not been made. A person who would be created has no member yet, and so no id to look up. */
export function toPendingView(change: Change, language: Language): PendingChangeView {
  const known = change.kind === 'create' ? { ...change, memberId: null } : change;
  return { ...toChangeView(known, language), offers: offersFor(change) };
}

/** What an admin can do about a change that is pending or withheld; none of it is refused. */
export function offersFor({ kind, reason }: Pick<Change, 'kind' | 'reason'>): Offer[] {
  switch (kind) {
    case 'conflict':
      return isConflictCode(reason.code) ? [...conflicts[reason.code].offers] : ['exclude'];
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
