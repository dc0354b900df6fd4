import type { AnyAsked } from './answers.ts';
import {
  emailRule,
  everybodysGroup,
  memberOfEveryGroup,
  noneErased,
  someRun,
  someWebhook,
} from './paged-rows.ts';
import type { TestWorkspace } from './workspace.ts';

/** A list that pages by cursor: who asks, how, and where its rows are stored. */
export interface PagedList {
  name: string;
  /** Its route in the OpenAPI document. */
  route: string;
  ask: (workspace: TestWorkspace, cursor: string, limit?: number) => AnyAsked;
  /** What identifies an item; default: its `id`. */
  idOf?: (item: Record<string, unknown>) => string;
  /** A statement that changes the row `$2` of the workspace `$1`; the row moves if the list is sorted by what changes. */
  touch: string | null;
  /** A statement that takes the row out of the list. */
  drop: string | null;
}

type Rows = Pick<PagedList, 'touch' | 'drop' | 'idOf'>;

const by = 'WHERE workspace_id = $1 AND id = $2';
const byPerson = 'WHERE workspace_id = $1 AND directory_user_id = $2';
const idOfPerson: PagedList['idOf'] = (item) => String(item.directoryUserId);
/** Read beside the row: a time plus an hour depends on the time zone, which a distributed database refuses in a part that writes. */
const hourLater = (table: string, column: string) =>
  `WITH x AS MATERIALIZED (SELECT ${column} + interval '1 hour' AS later FROM ${table} ${by})`;
const users: Rows = {
  touch: `${hourLater('directory_user', 'modified_at')} UPDATE directory_user SET modified_at = x.later,
    resource = resource || '{"title": "zzz"}' FROM x ${by}`,
  drop: `DELETE FROM directory_user ${by}`,
};
const groups: Rows = {
  touch: `${hourLater('directory_group', 'modified_at')} UPDATE directory_group SET modified_at = x.later FROM x ${by}`,
  drop: `DELETE FROM directory_group ${by}`,
};
const members: Rows = {
  touch: `${hourLater('member', 'updated_at')} UPDATE member SET updated_at = x.later, display_name = 'zzz',
    email_key = 'zzz' || email_key FROM x ${by}`,
  drop: `DELETE FROM member ${by}`,
};
const table = (name: string, change = 'created_at = now()'): Rows => ({
  touch: `UPDATE ${name} SET ${change} ${by}`,
  drop: `DELETE FROM ${name} ${by}`,
});

const queryOf = (cursor: string) => (cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`);

function scim(name: string, route: string, query: string, rows: Rows): PagedList {
  const ask: PagedList['ask'] = ({ scim: client }, cursor, limit = 1) =>
    client.get(`${route}?${query}count=${limit}&cursor=${encodeURIComponent(cursor)}`);
  return { name, route: `/scim/v2${route === '/' ? '' : route}`, ask, ...rows };
}

function api(path: string, rows: Rows, route = path.split('?')[0] ?? ''): PagedList {
  const ask: PagedList['ask'] = ({ admin }, cursor, limit = 1) =>
    admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${queryOf(cursor)}`);
  return { name: path, route, ask, ...rows };
}

function ofOperator(route: string, rows: Rows): PagedList {
  const ask: PagedList['ask'] = ({ operator }, cursor, limit = 1) =>
    operator.get(`${route}?limit=${limit}${queryOf(cursor)}`);
  return { name: route, route, ask, ...rows };
}

/** A list of one workspace, for the vendor's back end. */
function ofBackEnd(path: string, rows: Rows): PagedList {
  const ask: PagedList['ask'] = ({ operator, id }, cursor, limit = 1) =>
    operator.get(`/operator/workspaces/${id}/${path}?limit=${limit}${queryOf(cursor)}`);
  const route = `/operator/workspaces/{id}/${path}`;
  return { name: route, route, ask, ...rows };
}

const active = `filter=${encodeURIComponent('active eq true')}&`;
/** Append-only tables: another row arrives. */
const audit: Rows = {
  touch: `INSERT INTO audit_log (workspace_id, id, at, actor_kind, action, details)
    SELECT $1, gen_random_uuid(), now(), 'operator', 'x', '{}' WHERE $2::uuid IS NOT NULL`,
  drop: null,
};
const versions: Rows = {
  touch: `INSERT INTO attribute_mapping (workspace_id, version, created_by, created_at)
    SELECT $1, max(version) + 1, 'x', now() FROM attribute_mapping WHERE workspace_id = $1 AND $2::text <> ''`,
  drop: null,
  idOf: (item) => String(item.version),
};
const pending: Rows = {
  touch: null,
  drop: `DELETE FROM sync_queue ${byPerson}`,
  idOf: idOfPerson,
};
const erasures: Rows = {
  touch: `INSERT INTO workspace_erasure (id, erased_workspace, at, actor_kind, counts)
    SELECT uuidv7(), gen_random_uuid(), now(), 'operator', '${noneErased}' WHERE $1::uuid <> $2::uuid`,
  drop: null,
};
const letThrough: Rows = {
  touch: `UPDATE sync_change SET name = 'zzz' ${byPerson}`,
  drop: `UPDATE member SET status = 'active' WHERE workspace_id = $1
    AND id = (SELECT member_id FROM sync_link ${byPerson})`,
  idOf: idOfPerson,
};
const received: Rows = { ...users, idOf: idOfPerson };
const inConflict: Rows = {
  touch: `UPDATE sync_link SET name = 'zzz' ${byPerson}`,
  drop: `UPDATE sync_link SET state = 'excluded' ${byPerson}`,
  idOf: idOfPerson,
};

const groupsOfRun: Rows = {
  touch: `UPDATE sync_group_change SET name = 'zzz', state = 'kept' WHERE workspace_id = $1 AND group_id = $2`,
  drop: 'DELETE FROM sync_group_change WHERE workspace_id = $1 AND group_id = $2',
  idOf: (item) => String(item.groupId),
};

/** Every list of the product that pages by cursor, in each of its orders. */
export const pagedLists: PagedList[] = [
  scim('users', '/Users', '', users),
  scim('users by title', '/Users', 'sortBy=title&', users),
  scim('users by time', '/Users', 'sortBy=meta.lastModified&', users),
  scim('users by time, newest first', '/Users', 'sortBy=meta.lastModified&sortOrder=descending&', users),
  scim('active users', '/Users', active, users),
  scim('users by being active', '/Users', 'sortBy=active&', users),
  scim('users by id', '/Users', 'sortBy=id&', users),
  scim('groups', '/Groups', '', groups),
  scim('all', '/', '', users),
  api('/api/members', members),
  api('/api/members?source=manual', members),
  api('/api/members?status=active', members),
  api('/api/members?search=e', members),
  api('/api/members?sort=name', members),
  api('/api/members?sort=name&order=desc', members),
  api('/api/members?sort=email', members),
  api('/api/members?sort=updatedAt', members),
  api('/api/members?sort=updatedAt&order=desc', members),
  api(
    `/api/members/${memberOfEveryGroup}/groups`,
    table('member_group', `name = 'zzz'`),
    '/api/members/{id}/groups',
  ),
  api('/api/groups', table('member_group', `name = 'zzz'`)),
  api('/api/groups?search=g', table('member_group', `name = 'zzgz'`)),
  api('/api/groups?sort=name', table('member_group', `name = 'zzz'`)),
  api(`/api/groups/${everybodysGroup}/members`, members, '/api/groups/{id}/members'),
  api('/api/properties', table('property', `name = 'zzz' || key`)),
  api('/api/sessions', table('admin_session', `user_agent = 'zzz'`)),
  ofBackEnd('sessions', table('admin_session', `user_agent = 'zzz'`)),
  api('/api/oauth-clients', table('api_token', `name = 'zzz'`)),
  api('/api/tokens', table('api_token', `name = 'zzz'`)),
  api('/api/provisioning-log', table('provisioning_log', 'at = at')),
  api('/api/provisioning-log?outcome=success', table('provisioning_log', 'at = at')),
  api('/api/provisioning-log?search=e', table('provisioning_log', 'at = at')),
  api('/api/audit-log', audit),
  api('/api/audit-log?actor=admin%40example.com', audit),
  api('/api/sync-preview', pending),
  api('/api/sync-preview?kind=create', pending),
  api('/api/sync-preview?kind=conflict', inConflict),
  api('/api/sync-preview?sort=name', pending),
  api('/api/sync-preview?sort=department&order=desc', pending),
  api('/api/sync-preview?search=e', pending),
  api('/api/sync-preview?since=last-run', pending),
  api('/api/sync-preview/groups', {
    ...groups,
    idOf: (item) => String(item.groupId),
  }),
  api(
    `/api/sync-preview/groups/${everybodysGroup}/people`,
    { ...members, idOf: (item) => String(item.memberId) },
    '/api/sync-preview/groups/{groupId}/people',
  ),
  api('/api/sync-preview/link-suggestions', inConflict),
  api('/api/directory/users', received),
  api('/api/directory/users?search=e', received),
  api('/api/directory/users?state=available', received),
  api('/api/sync-runs', table('sync_run')),
  api(
    `/api/sync-runs/${someRun}/changes`,
    {
      touch: `UPDATE sync_change SET name = 'zzz' ${byPerson}`,
      drop: `DELETE FROM sync_change ${byPerson}`,
      idOf: idOfPerson,
    },
    '/api/sync-runs/{id}/changes',
  ),
  api(`/api/sync-runs/${someRun}/groups`, groupsOfRun, '/api/sync-runs/{id}/groups'),
  api('/api/removal-guard/let-through', letThrough),
  api('/api/directory-groups', groups),
  api('/api/directory-groups?sort=name', {
    ...groups,
    touch: `UPDATE directory_group SET display_name_key = 'zzz' ${by}`,
  }),
  api('/api/notifications/deliveries', table('notification_delivery', 'attempts = attempts + 1')),
  api('/api/attribute-mapping/versions', versions),
  {
    name: 'preview of rules',
    route: '/api/attribute-mapping/preview',
    ask: ({ admin }, cursor, limit = 1) =>
      admin.post('/api/attribute-mapping/preview', {
        rules: [emailRule],
        sample: limit,
        ...(cursor && { cursor }),
      }),
    ...users,
    idOf: idOfPerson,
  },
  ofOperator('/operator/workspaces', {
    touch: `UPDATE workspace SET name = 'zzz' WHERE $1::uuid IS NOT NULL AND id = $2`,
    drop: null,
  }),
  ofOperator('/operator/attention', {
    touch: `UPDATE workspace SET name = 'zzz' WHERE $1::uuid IS NOT NULL AND id = $2`,
    drop: null,
  }),
  ofOperator('/operator/erasures', erasures),
  ofOperator('/operator/keys', {
    touch: `UPDATE product_key SET name = 'zzz' WHERE $1::uuid IS NOT NULL AND id = $2`,
    drop: `DELETE FROM product_key WHERE $1::uuid IS NOT NULL AND id = $2`,
  }),
  ofBackEnd('members', members),
  ofBackEnd('sync-preview', pending),
  ofOperator('/operator/webhooks', {
    touch: `UPDATE webhook SET url = url || 'z' WHERE $1::uuid IS NOT NULL AND id = $2`,
    drop: null,
  }),
  {
    ...ofOperator(
      `/operator/webhooks/${someWebhook}/deliveries`,
      table('webhook_delivery', 'attempts = attempts + 1'),
    ),
    route: '/operator/webhooks/{hook}/deliveries',
  },
  api(`/api/sync-runs/${someRun}/groups?sort=name`, groupsOfRun, '/api/sync-runs/{id}/groups'),
];

/** Whether a list answers in SCIM's format. */
export function isScim({ route }: PagedList): boolean {
  return route.startsWith('/scim');
}

/** Whether a list is the operator's, across all workspaces. */
export function isOfOperator({ route }: PagedList): boolean {
  return route.startsWith('/operator') && !route.startsWith('/operator/workspaces/');
}
