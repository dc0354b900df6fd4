import type { Change, ChangeKind, Origin } from './change.ts';
import type { LinkState, MemberState } from './person.ts';
import type { ChosenRole } from './roles.ts';

/**
 * What happens to one person.
 *
 * A change of kind `held` leaves one of three links: `held`, a removal that an admin decides about (`heldKind` says what it
 * was when the hold begins); `waiting`, somebody who gets no seat because none is left; `linked`, where only a role waits
 * (`heldRole`, `awaitsRole`).
 *
 * @property member the member's whole row as it will be; null where it stays as it is
 * @property link the link as it will be; null where there will be none
 * @property removal this takes access from an active member, so the removal guard counts it
 * @property origin how the person and the member found each other
 * @property refused the database refused to write what was decided
 * @property heldRole the role that the person would have, or lose, and why that waits
 * @property awaitsRole for that they are looked at again by the next run
 * @property heldKind what the removal guard holds; null where it does not begin to hold anything
 */
export interface Decision extends Change {
  member: MemberState | null;
  link: LinkState | null;
  removal: boolean;
  origin: Origin;
  refused: boolean;
  heldRole: ChosenRole['held'];
  awaitsRole: boolean;
  heldKind: ChangeKind | null;
}

/** The change in a decision, without what only the writing of it needs. */
export function changeIn(decision: Decision): Change & { origin: Origin } {
  const { kind, directoryUserId, memberId, name, fields, reason, basedOn, waitsFor, groups, origin } =
    decision;
  return { kind, directoryUserId, memberId, name, fields, reason, basedOn, waitsFor, groups, origin };
}
