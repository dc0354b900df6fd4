import { ForbiddenError } from '../../errors/domain-errors.ts';
import { type AdminRole, adminRoles } from '../../http/request/admin-roles.ts';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What changes nothing in the workspace: signing out, previews that need a body, and one's own mail (the body may name
 * more).
 */
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

/** Who gets in, whether anybody does, and which groups make somebody an admin of the product. */
const forOwners = [
  /^PUT \/api\/role-mapping\/?$/i,
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

/** @throws ForbiddenError `role` when an admin of this role may not do what needs that one */
export function requireRole(role: AdminRole, needed: AdminRole): void {
  if (adminRoles.indexOf(role) <= adminRoles.indexOf(needed)) return;
  const message =
    role === 'viewer'
      ? 'You may look at everything here and change nothing: you are signed in as a viewer.'
      : 'Only an owner may do this: you are signed in as an editor.';
  throw new ForbiddenError('role', message, { role, needed });
}
