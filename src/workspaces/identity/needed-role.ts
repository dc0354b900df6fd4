import { type AdminRole, adminRoles } from '../../http/request/admin-roles.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What changes nothing in the workspace: signing out, previews that need a body, and one's own mail. */
const forEverybody = [
  /^DELETE \/api\/session\/?$/i,
  /^POST \/api\/session\/sign-out-everywhere\/?$/i,
  /^POST \/api\/attribute-mapping\/preview(?:\/counts)?\/?$/i,
  /^POST \/api\/role-mapping\/preview\/?$/i,
  /^POST \/api\/directory-groups\/preview\/?$/i,
  /^POST \/api\/properties\/[^/]+\/preview\/?$/i,
  /^POST \/api\/sync-preview\/chosen\/?$/i,
  /^PATCH \/api\/notifications\/?$/i,
];

/** Who gets in, and whether anybody does. */
const forOwners = [
  /^\w+ \/api\/(?:tokens|oauth-clients|sessions)(?:\/|$)/i,
  /^POST \/api\/user-provisioning\/(?:activate|deactivate)\/?$/i,
];

/** The least role that a request of `/api` needs. */
export function neededRole(method: string, path: string): AdminRole {
  if (readingMethods.has(method)) return 'viewer';
  const asked = `${method} ${path}`;
  if (forEverybody.some((form) => form.test(asked))) return 'viewer';
  return forOwners.some((form) => form.test(asked)) ? 'owner' : 'editor';
}

/** Whether an admin of this role may do what needs that one. */
export function includesRole(role: AdminRole, needed: AdminRole): boolean {
  return adminRoles.indexOf(role) <= adminRoles.indexOf(needed);
}
