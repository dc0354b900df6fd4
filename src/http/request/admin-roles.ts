/** What an admin of a workspace may be, each including the next: an owner also hands out access, a viewer looks only. */
export const adminRoles = ['owner', 'editor', 'viewer'] as const;
export type AdminRole = (typeof adminRoles)[number];
