import type { paths } from '../../api/schema.d.ts';
import type { Session } from '../../api/shapes.ts';

export type Role = Session['role'];
type Write = 'post' | 'put' | 'patch' | 'delete';

/** A write of the admin API, as its method and path. */
export type Act = {
  [Path in keyof paths]: {
    [Method in Write]: paths[Path][Method] extends object ? `${Uppercase<Method>} ${Path}` : never;
  }[Write];
}[keyof paths] &
  `${string} /api/${string}`;

const order: readonly Role[] = ['viewer', 'editor', 'owner'];

const signOuts: readonly Act[] = ['DELETE /api/session', 'POST /api/session/sign-out-everywhere'];
/** What changes nothing in the workspace: signing out, previews that need a body, and one's own mail. */
const forEverybody: readonly Act[] = [
  ...signOuts,
  'POST /api/attribute-mapping/preview',
  'POST /api/attribute-mapping/preview/counts',
  'POST /api/directory-groups/preview',
  'POST /api/properties/{id}/preview',
  'POST /api/role-mapping/preview',
  'POST /api/sync-preview/chosen',
  'PATCH /api/notifications',
];
/** Who gets in, whether anybody does, and which groups make somebody an admin of the product. */
const forOwners: readonly Act[] = [
  'PUT /api/role-mapping',
  'POST /api/tokens',
  'DELETE /api/tokens/{id}',
  'POST /api/tokens/{id}/rotate',
  'POST /api/oauth-clients',
  'DELETE /api/oauth-clients/{id}',
  'POST /api/oauth-clients/{id}/rotate',
  'DELETE /api/sessions/{id}',
  'POST /api/user-provisioning/activate',
  'POST /api/user-provisioning/deactivate',
];

/** The least role that an act needs. A test holds it against what the service says of each write. */
export function neededRole(act: Act): Role {
  if (forEverybody.includes(act)) return 'viewer';
  return forOwners.includes(act) ? 'owner' : 'editor';
}

/** Whether the service lets an admin of this role do that. */
export function mayDo(role: Role, act: Act): boolean {
  return order.indexOf(role) >= order.indexOf(neededRole(act));
}

/** Whether this ends sessions of one's own: that can be done whatever the workspace is. */
export function isSignOut(act: Act): boolean {
  return signOuts.includes(act);
}
