import type { RunPeople } from '../planning/claim-people.ts';
import type { MemberEvents } from '../../member-directory/events/member-events.ts';

/**
 * Where and when decisions are written.
 *
 * @property dueBy the run is about people who were due by then
 * @property ofChosen the run is about chosen people alone
 * @property isFirst nobody in the workspace had a member when the run began; people who get one by other means meanwhile
 * are queued for the next run
 * @property events collects what is written; who opened the transaction appends them at its end
 */
export interface WriteContext extends RunPeople {
  now: Date;
  isFirst: boolean;
  events: MemberEvents;
}
