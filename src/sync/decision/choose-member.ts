import { foldCase } from '../../scim-core/fold.ts';
import type { Origin } from './change.ts';
import { memberName } from '../../member-directory/fields/member-name.ts';
import type { EmailHolder, FormerMember, MemberState, Person } from './person.ts';
import type { ConflictReason } from './reason.ts';

/**
 * Which member a person is: found (and how), to be created, or a conflict that an admin must resolve.
 *
 * @property disputedEmailKey the folded address that a conflict is about: once it is free, the person is looked at again
 */
export type Choice =
  | {
      kind: 'member';
      member: MemberState;
      origin: Extract<Origin, 'stored-link' | 'linked-by-admin' | 'returner' | 'same-email'>;
    }
  | { kind: 'create' }
  | { kind: 'conflict'; reason: ConflictReason; disputedEmailKey: string | null };

/**
 * Finds the member of an active directory user: by the stored link, as a returner with the same `externalId`, by the
 * e-mail address where the workspace allows it, else none yet. Two candidates, no address, an address that somebody else
 * holds, or a member that an admin gave to another person are conflicts.
 */
export function chooseMember(person: Person, settings: { linkByEmail: boolean }): Choice {
  const email = person.mapped?.fields.email ?? null;
  const { member, emailHolder, former } = person;
  if (member !== null) {
    // The run that adopts a member does not touch the address, so nobody can be in its way.
    if (person.link?.awaitsAdoption === true) return { kind: 'member', member, origin: 'linked-by-admin' };
    if (emailHolder !== null && emailHolder.memberId !== member.id) {
      return disputed(emailHolder.adoptable === null ? 'email-taken' : 'email-of-manual', email, emailHolder);
    }
    return { kind: 'member', member, origin: 'stored-link' };
  }
  if (former !== null && former.heldBy !== null) return givenAway(person, former, former.heldBy);
  const adoptable = settings.linkByEmail ? (emailHolder?.adoptable ?? null) : null;
  const [returner, second] = returnersOf(person);
  if (returner !== undefined && second !== undefined) return twoCandidates(returner, second);
  // Who was removed comes back only where nobody else could be the person.
  if (returner !== undefined && (returner.status !== 'removed' || emailHolder === null)) {
    if (emailHolder === null || emailHolder.memberId === returner.id) {
      return { kind: 'member', member: returner, origin: 'returner' };
    }
    return emailHolder.mayBeLinked ? twoCandidates(returner, emailHolder) : taken(email, emailHolder);
  }
  if (email === null) return conflict(missingEmail(person));
  if (adoptable !== null) return { kind: 'member', member: adoptable, origin: 'same-email' };
  return emailHolder === null ? { kind: 'create' } : taken(email, emailHolder);
}

/**
 * Members that the person was before; of those who were removed the one that was made last, and that one only where there
 * is no other.
 */
function returnersOf({ returners, former }: Person): MemberState[] {
  const all = former === null ? returners : [former.member, ...returners];
  const different = [...new Map(all.map((member) => [member.id, member])).values()];
  const here = different.filter(({ status }) => status !== 'removed');
  return here.length > 0 ? here : different.slice(-1);
}

/** No attribute gives an address, or those that do had a problem, which the reason names. */
function missingEmail({ mapped }: Person): ConflictReason {
  const problems = (mapped?.problems ?? []).filter(({ target }) => target === 'email');
  return { code: 'missing-email', params: problems.length === 0 ? {} : { problems } };
}

/** Somebody has the address of a person who has no member: what can be done depends on who that is. */
function taken(email: string | null, holder: EmailHolder): Choice {
  if (holder.adoptable !== null) return disputed('email-taken-by-hand', email, holder);
  return disputed(holder.mayBeLinked ? 'email-taken-by-former' : 'email-taken', email, holder);
}

function disputed(
  code: 'email-taken' | 'email-of-manual' | 'email-taken-by-former' | 'email-taken-by-hand',
  email: string | null,
  holder: EmailHolder,
): Choice {
  const { memberId, directoryUserId, name } = holder;
  return conflict({ code, params: { email, memberId, directoryUserId, name } }, email);
}

function conflict(reason: ConflictReason, disputedEmail: string | null = null): Choice {
  return {
    kind: 'conflict',
    reason,
    disputedEmailKey: disputedEmail === null ? null : foldCase(disputedEmail),
  };
}

/** The person is back whose member an admin linked to somebody else. */
function givenAway(person: Person, former: FormerMember, heldBy: string): Choice {
  const { member, givenBy, holderIsActive } = former;
  const hasNoAddress = person.emailHolder !== null || !person.mapped?.fields.email;
  const code = !holderIsActive ? 'given-away-free' : hasNoAddress ? 'given-away-needs-address' : 'given-away';
  const email = person.mapped?.fields.email ?? null;
  const params = {
    email,
    memberId: member.id,
    directoryUserId: heldBy,
    name: memberName(member),
    by: givenBy,
  };
  return conflict({ code, params }, email);
}

function twoCandidates(first: MemberState, second: MemberState | EmailHolder): Choice {
  const other =
    'mayBeLinked' in second
      ? { id: second.memberId, name: second.name }
      : { id: second.id, name: memberName(second) };
  const candidates = [{ id: first.id, name: memberName(first) }, other];
  return conflict({ code: 'two-candidates', params: { candidates } });
}
