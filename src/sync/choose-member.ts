import type { Reason } from './change.ts';
import type { EmailHolder, MemberState, Person } from './person.ts';

/** Which member a person is: found (and how), to be created, or a conflict that an admin must mend. */
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
 * e-mail address where the workspace allows it, else none yet. Two candidates, no address, or an address that
 * somebody else holds are conflicts.
 */
export function chooseMember(person: Person, settings: { linkByEmail: boolean }): Choice {
  const email = person.mapped?.fields.email ?? null;
  const { member, emailHolder } = person;
  if (member !== null) {
    const byAdmin = person.link?.reason?.code === 'linked-by-admin';
    // The run that adopts a member does not touch his address, so nobody can be in its way.
    if (byAdmin) return { kind: 'member', member, how: 'linked-by-admin' };
    if (emailHolder !== null && emailHolder.memberId !== member.id) return taken(email, emailHolder);
    return { kind: 'member', member, how: 'stored-link' };
  }
  const [returner, second] = person.returners;
  if (returner !== undefined && second !== undefined) return twoCandidates(returner, second);
  const adoptable = settings.linkByEmail ? (emailHolder?.adoptable ?? null) : null;
  if (returner !== undefined) {
    if (emailHolder !== null && emailHolder.memberId !== returner.id) {
      return adoptable === null ? taken(email, emailHolder) : twoCandidates(returner, adoptable);
    }
    return { kind: 'member', member: returner, how: 'returner' };
  }
  if (email === null) return { kind: 'conflict', reason: missingEmail(person) };
  if (adoptable !== null) return { kind: 'member', member: adoptable, how: 'same-email' };
  return emailHolder === null ? { kind: 'create' } : taken(email, emailHolder);
}

/** No attribute gives an address, or those that do had a problem, which the reason names. */
function missingEmail({ mapped }: Person): Reason {
  const problems = (mapped?.problems ?? []).filter(({ target }) => target === 'email');
  return { code: 'missing-email', params: problems.length === 0 ? {} : { problems } };
}

function taken(email: string | null, holder: EmailHolder): Choice {
  return {
    kind: 'conflict',
    reason: {
      code: holder.adoptable === null ? 'email-taken' : 'email-taken-by-hand',
      params: {
        email,
        memberId: holder.memberId,
        directoryUserId: holder.directoryUserId,
        name: holder.name,
      },
    },
  };
}

function twoCandidates(first: MemberState, second: MemberState): Choice {
  const candidates = [first, second].map(({ id, email, displayName }) => ({
    id,
    name: displayName ?? email,
  }));
  return { kind: 'conflict', reason: { code: 'two-candidates', params: { candidates } } };
}
