import type { Reason } from './change.ts';
import { type EmailHolder, type FormerMember, memberName, type MemberState, type Person } from './person.ts';

/** Which member a person is: found (and how), to be created, or a conflict that an admin must settle. */
export type Choice =
  | {
      kind: 'member';
      member: MemberState;
      how: 'stored-link' | 'linked-by-admin' | 'returner' | 'same-email';
    }
  | { kind: 'create' }
  | { kind: 'conflict'; reason: Reason };

/**
 * Finds the member of an active directory user: by the stored link, as a returner with the same `externalId`, by the
 * e-mail address where the workspace allows it, else none yet. Two candidates, no address, an address that somebody else
 * holds, or a member that an admin gave to another person are conflicts.
 */
export function chooseMember(person: Person, settings: { linkByEmail: boolean }): Choice {
  const email = person.mapped?.fields.email ?? null;
  const { member, emailHolder, former } = person;
  if (member !== null) {
    const byAdmin = person.link?.reason?.code === 'linked-by-admin';
    // The run that adopts a member does not touch his address, so nobody can be in its way.
    if (byAdmin) return { kind: 'member', member, how: 'linked-by-admin' };
    if (emailHolder !== null && emailHolder.memberId !== member.id) {
      return conflict(emailHolder.adoptable === null ? 'email-taken' : 'email-of-manual', email, emailHolder);
    }
    return { kind: 'member', member, how: 'stored-link' };
  }
  if (former !== null && former.heldBy !== null) return givenAway(person, former, former.heldBy);
  const adoptable = settings.linkByEmail ? (emailHolder?.adoptable ?? null) : null;
  const [returner, second] = returnersOf(person);
  if (returner !== undefined && second !== undefined) return twoCandidates(returner, second);
  // Who was removed comes back only where nobody else could be the person.
  if (returner !== undefined && (returner.status !== 'removed' || emailHolder === null)) {
    if (emailHolder === null || emailHolder.memberId === returner.id) {
      return { kind: 'member', member: returner, how: 'returner' };
    }
    return emailHolder.mayBeLinked ? twoCandidates(returner, emailHolder) : taken(email, emailHolder);
  }
  if (email === null) return { kind: 'conflict', reason: missingEmail(person) };
  if (adoptable !== null) return { kind: 'member', member: adoptable, how: 'same-email' };
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
function missingEmail({ mapped }: Person): Reason {
  const problems = (mapped?.problems ?? []).filter(({ target }) => target === 'email');
  return { code: 'missing-email', params: problems.length === 0 ? {} : { problems } };
}

/** Somebody has the address of a person who has no member: what can be done depends on who that is. */
function taken(email: string | null, holder: EmailHolder): Choice {
  if (holder.adoptable !== null) return conflict('email-taken-by-hand', email, holder);
  return conflict(holder.mayBeLinked ? 'email-taken-by-former' : 'email-taken', email, holder);
}

function conflict(code: string, email: string | null, holder: EmailHolder): Choice {
  const { memberId, directoryUserId, name } = holder;
  return { kind: 'conflict', reason: { code, params: { email, memberId, directoryUserId, name } } };
}

/** The person is back whose member an admin linked to somebody else. */
function givenAway(person: Person, former: FormerMember, heldBy: string): Choice {
  const { member, givenBy, holderIsActive } = former;
  const hasNoAddress = person.emailHolder !== null || !person.mapped?.fields.email;
  const code = !holderIsActive ? 'given-away-free' : hasNoAddress ? 'given-away-needs-address' : 'given-away';
  const params = {
    email: person.mapped?.fields.email ?? null,
    memberId: member.id,
    directoryUserId: heldBy,
    name: memberName(member),
    by: givenBy,
  };
  return { kind: 'conflict', reason: { code, params } };
}

function twoCandidates(first: MemberState, second: MemberState | EmailHolder): Choice {
  const other =
    'mayBeLinked' in second
      ? { id: second.memberId, name: second.name }
      : { id: second.id, name: memberName(second) };
  const candidates = [{ id: first.id, name: memberName(first) }, other];
  return { kind: 'conflict', reason: { code: 'two-candidates', params: { candidates } } };
}
