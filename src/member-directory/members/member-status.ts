/** What a member can be: with access, without access, or removed, with the address free again. */
export const memberStatuses = ['active', 'deactivated', 'removed'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** Who made the member. */
export const memberSources = ['manual', 'import', 'provisioning'] as const;
export type MemberSource = (typeof memberSources)[number];
