import type { Language } from '../../errors/sentence.ts';

/** Most roles that a vendor may declare. */
export const memberRolesMax = 50;
/** Longest key of a role, in UTF-16 units. */
export const roleKeyLengthMaxChars = 64;
/** Longest name of a role, in UTF-16 units. */
export const roleNameLengthMaxChars = 100;
/** The highest rank that a role may have. */
export const roleRankMax = 1_000_000;
/** The highest number of members that a role may be limited to. */
export const roleMembersMax = 1_000_000;

/** A key of a role, as a vendor may write it. */
export const roleKeyPattern = /^[a-z][a-z0-9_-]*$/u;

/** Words that stand for something else where a role is named. */
export const reservedRoleKeys: ReadonlySet<string> = new Set(['none', 'default', 'keep', 'deactivate']);

/**
 * A role that members can have in the vendor's product, as the vendor declared it. It has nothing to do with what admins
 * may do in the settings screen.
 *
 * @property rank of several roles the one with the highest rank counts
 * @property privileged who has it may do what others may not: it is given with more care, and somebody always has it
 * @property max how many active members of a workspace may have it; null: any number
 */
export interface MemberRole {
  key: string;
  name: Record<Language, string>;
  rank: number;
  privileged: boolean;
  max: number | null;
}

/** Whether it matters how many members have this role: nobody may be the last, or too many. */
export function isCounted({ privileged, max }: MemberRole): boolean {
  return privileged || max !== null;
}

/** The roles by their keys. */
export function rolesByKey(roles: readonly MemberRole[]): ReadonlyMap<string, MemberRole> {
  return new Map(roles.map((role) => [role.key, role]));
}
