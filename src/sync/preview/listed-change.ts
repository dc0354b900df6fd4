import type { Language } from '../../errors/sentence.ts';
import { type PendingChangeView, toPendingView } from '../wording/change-view.ts';
import type { PersonFacts } from './person-facts.ts';
import type { ListedChange } from './withheld-people.ts';

/** CHANGE that has not been made, with what tells people of one name apart. */
export type ListedChangeView = PendingChangeView & PersonFacts;

/** A change of the preview in the asker's language. */
export function toListedView(change: ListedChange, language: Language): ListedChangeView {
  return { ...toPendingView(change, language), ...change.facts };
}
