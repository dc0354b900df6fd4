import { createHash } from 'node:crypto';

/** A group by its id, which is that of its directory group, and its name. */
export interface GroupRef {
  id: string;
  name: string;
}

/** A group that a member belongs to. `stays`: its deletion was undone, so nobody leaves it for that reason. */
export interface MembersGroup extends GroupRef {
  stays: boolean;
}

/**
 * The groups of a person.
 *
 * @property inDirectory the ids of all that the directory names for the person
 * @property wanted those among them that are chosen and are groups of the product
 * @property absent others are chosen that the next run creates in the product
 * @property ofMembers the provisioned groups of every member that may be the person, by the member's id
 */
export interface PersonGroups {
  inDirectory: readonly string[];
  wanted: GroupRef[];
  absent: boolean;
  ofMembers: ReadonlyMap<string, readonly MembersGroup[]>;
}

/** Stands for exactly the groups that the directory names for a person; empty: none. */
export function stampOf(groups: PersonGroups | null): string {
  if (groups === null || groups.inDirectory.length === 0) return '';
  return createHash('sha256').update(groups.inDirectory.toSorted().join()).digest('base64url');
}
