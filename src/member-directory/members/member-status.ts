/** What a member can be: with access, without access, or removed, with the address free again. */
export const memberStatuses = ['active', 'deactivated', 'removed'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** Who made the member. */
export const memberSources = ['manual', 'import', 'provisioning'] as const;
export type MemberSource = (typeof memberSources)[number];

/** Whether a member may use the product, which is apart from the status: a removal that is held suspends it. */
export const accesses = ['granted', 'suspended', 'ended'] as const;
export type Access = (typeof accesses)[number];
