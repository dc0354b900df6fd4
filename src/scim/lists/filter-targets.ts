import type { FilterTarget } from '../../scim-core/filter/sql.ts';
import { enterpriseUserUrn, groupUrn, userUrn } from '../../scim-core/urns.ts';
import { memberDisplayOf, memberTypeOf } from '../directory/directory-sql.ts';

/** Where the attributes of a type are in SQL, and the canonical paths of those that have an index for `eq`. */
export interface DirectoryTarget extends FilterTarget {
  readonly indexed: ReadonlySet<string>;
}

/**
 * The URNs of a resource, as `represent` lists them.
 *
 * @param core the URN of its core schema
 * @param resource the expression of the stored resource
 */
function schemasOf(core: string, resource: string): FilterTarget['rows'][string] {
  return {
    from: `(SELECT '${core}' AS value
            UNION ALL SELECT * FROM jsonb_object_keys(${resource}) AS k(value) WHERE starts_with(k.value, 'urn:')) su
           WHERE TRUE`,
    columns: { value: { sql: 'su.value', type: 'text' } },
  };
}

const employeeNumber = `${enterpriseUserUrn}:employeeNumber`;

/** Where the attributes of a user are in SQL, in a statement that calls `directory_user` u. */
export const userFilterTarget: DirectoryTarget = {
  indexed: new Set(['id', 'externalId', 'userName', 'displayName', 'emails.value', employeeNumber]),
  resource: 'u.resource',
  columns: {
    id: { sql: 'u.id', type: 'uuid' },
    externalId: { sql: 'u.external_id', type: 'text' },
    userName: { sql: 'u.user_name_key', type: 'name' },
    active: { sql: 'u.active', type: 'boolean' },
    'meta.created': { sql: 'u.created_at', type: 'timestamp' },
    'meta.lastModified': { sql: 'u.modified_at', type: 'timestamp' },
    'meta.version': { sql: `('W/"' || u.version || '"')`, type: 'text' },
    'meta.resourceType': { sql: `'User'::text`, type: 'text' },
  },
  hashes: {
    displayName: 'u.display_name_hash',
    'emails.value': 'u.email_hashes',
    [employeeNumber]: 'u.employee_number_hash',
  },
  rows: {
    schemas: schemasOf(userUrn, 'u.resource'),
    groups: {
      from: `directory_group_member gm
        JOIN directory_group gg ON gg.workspace_id = gm.workspace_id AND gg.id = gm.group_id
        WHERE gm.workspace_id = u.workspace_id AND gm.user_id = u.id`,
      columns: {
        value: { sql: 'gg.id', type: 'uuid' },
        display: { sql: 'gg.display_name', type: 'text' },
        type: { sql: `'direct'::text`, type: 'text' },
      },
    },
  },
};

/** Where the attributes of a group are in SQL, in a statement that calls `directory_group` g. */
export const groupFilterTarget: DirectoryTarget = {
  indexed: new Set(['id', 'externalId', 'displayName']),
  resource: 'g.resource',
  columns: {
    id: { sql: 'g.id', type: 'uuid' },
    externalId: { sql: 'g.external_id', type: 'text' },
    displayName: { sql: 'g.display_name_key', type: 'folded' },
    'meta.created': { sql: 'g.created_at', type: 'timestamp' },
    'meta.lastModified': { sql: 'g.modified_at', type: 'timestamp' },
    'meta.version': { sql: `('W/"' || g.version || '"')`, type: 'text' },
    'meta.resourceType': { sql: `'Group'::text`, type: 'text' },
  },
  rows: {
    schemas: schemasOf(groupUrn, 'g.resource'),
    members: {
      from: `directory_group_member fm WHERE fm.workspace_id = g.workspace_id AND fm.group_id = g.id`,
      columns: {
        value: { sql: 'fm.value', type: 'text' },
        display: { sql: memberDisplayOf('fm'), type: 'text' },
        type: { sql: memberTypeOf('fm'), type: 'text' },
      },
    },
  },
};
