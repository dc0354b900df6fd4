import { type Parameter, type Sql, sql } from '../../database/sql.ts';
import { foldName } from '../../scim-core/fold.ts';
import { isObject, type ScimResource } from '../../scim-core/resource.ts';
import { searchTextOf } from '../../scim-core/resource-search.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import type { Cause } from '../../sync-queue/enqueue.ts';
import { readsRoleAttributes } from '../../workspaces/role-attributes.ts';
import { lookupTexts, type LookupTexts } from '../directory/lookup-texts.ts';

/** What a write stores: the resource, also as JSON, when, and under which id in the person's history. */
export interface UserWrite {
  resource: ScimResource;
  json: string;
  now: Date;
  eventId: string;
}

/** What the statements that write a user store: the resource as JSON, and what stands in columns of its own. */
export interface UserValues extends LookupTexts {
  id: string;
  externalId: string | null;
  userName: string;
  userNameKey: string;
  active: boolean;
  resource: string;
  searchText: string;
  now: Date;
  eventId: string;
  cause: Cause;
  manager: string | null;
}

/** @param cause why they are queued, unless they are inactive: then they are leavers, whatever else changed */
export function userValues(
  id: string,
  { resource, json, now, eventId }: UserWrite,
  cause: Cause,
): UserValues {
  const userName = String(resource.userName);
  return {
    id,
    externalId: typeof resource.externalId === 'string' ? resource.externalId : null,
    userName,
    userNameKey: foldName(userName),
    active: resource.active !== false,
    resource: json,
    ...lookupTexts(resource),
    searchText: searchTextOf(resource),
    now,
    eventId,
    // Leavers and returners have a lane of their own.
    cause: resource.active === false ? 'leaver' : cause,
    manager: managerReference(resource),
  };
}

/** Why somebody is queued who was changed, if they are active. */
export function causeOfUpdate(kind: 'updated' | 'restored'): Cause {
  return kind === 'restored' ? 'returner' : 'updated';
}

/** Where rules read attributes for roles, people who change may have lost one: that does not wait for a run. */
export function updatedCause(workspaceId: Parameter, cause: Parameter | Sql): Sql {
  return sql`CASE WHEN ${cause} = 'updated' AND ${readsRoleAttributes(workspaceId)} THEN 'role' ELSE ${cause} END`;
}

function managerReference(resource: ScimResource): string | null {
  const extension = resource[enterpriseUserUrn];
  const manager = isObject(extension) ? extension.manager : undefined;
  return isObject(manager) && typeof manager.value === 'string' ? manager.value : null;
}
