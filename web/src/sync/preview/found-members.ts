import type { LinkCandidate, Member } from '../../api/shapes.ts';
import { memberName } from '../../parts/text/member-name.ts';

/** A member that a person may be, and why; without a reason, only what was typed matches. */
export interface FoundMember {
  id: string;
  name: string;
  email: string;
  isDeactivated: boolean;
  because: LinkCandidate['because'];
}

const shownMax = 8;

/**
 * The members to choose from: the likely ones; of those who match what was typed, the likely ones first.
 *
 * @param matching null: nothing was typed
 */
export function likelyFirst(
  likely: readonly LinkCandidate[],
  matching: readonly Member[] | null,
): FoundMember[] {
  const known = likely.map(({ member, because }) => ({ ...shown(member), name: member.name, because }));
  if (matching === null) return known;
  const knownById = new Map(known.map((member) => [member.id, member]));
  const all = matching.map(
    (member): FoundMember =>
      knownById.get(member.id) ?? { ...shown(member), name: memberName(member), because: [] },
  );
  const isLikely = ({ because }: FoundMember) => because.length > 0;
  return [...all.filter(isLikely), ...all.filter((member) => !isLikely(member))].slice(0, shownMax);
}

function shown({ id, email, status }: Pick<Member, 'id' | 'email'> & { status: string }) {
  return { id, email, isDeactivated: status === 'deactivated' };
}
