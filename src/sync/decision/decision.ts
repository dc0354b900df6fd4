import type { Change } from './change.ts';
import type { LinkState, MemberState } from './person.ts';
import type { Regrouping } from './person-groups.ts';

/**
 * What happens to one person.
 *
 * @property member the member's whole row as it shall be; null where it stays as it is
 * @property link the link as it shall be; null where there shall be none
 * @property groups the groups that the member joins and leaves; null: none
 * @property removal this takes access from an active member, so the removal guard counts it
 * @property how how the person and the member found each other, for the explanation
 */
export interface Decision extends Change {
  member: MemberState | null;
  link: LinkState | null;
  groups: Regrouping | null;
  removal: boolean;
  how: string;
}
