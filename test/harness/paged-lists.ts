import type { DataSource } from 'typeorm';
import { givenGroup, givenUser } from '../scim/directory.ts';
import type { AnyAsked } from './answers.ts';
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

/** The group that everybody is in, the member who is in every group, and a run with changes. */
export const everybodysGroup = '0190aaaa-0000-7000-8000-000000000001';
export const memberOfEveryGroup = '0190aaaa-0000-7000-8000-000000000002';
export const someRun = '0190aaaa-0000-7000-8000-000000000003';
/** A webhook that is disabled, with deliveries. */
const someWebhook = '0190aaaa-0000-7000-8000-000000000004';

const by = 'WHERE workspace_id = $1 AND id = $2';
const byPerson = 'WHERE workspace_id = $1 AND directory_user_id = $2';
const idOfPerson: PagedList['idOf'] = (item) => String(item.directoryUserId);
const users: Rows = {
  touch: `UPDATE directory_user SET modified_at = modified_at + interval '1 hour',
    resource = resource || '{"title": "zzz"}' ${by}`,
  drop: `DELETE FROM directory_user ${by}`,
};
const groups: Rows = {
  touch: `UPDATE directory_group SET modified_at = modified_at + interval '1 hour' ${by}`,
  drop: `DELETE FROM directory_group ${by}`,
};
const members: Rows = {
  touch: `UPDATE member SET updated_at = updated_at + interval '1 hour', display_name = 'zzz',
    email_key = 'zzz' || email_key ${by}`,
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
const noneErased = '{"users": 0, "groups": 0, "members": 0}';
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
const inConflict: Rows = {
  touch: `UPDATE sync_link SET name = 'zzz' ${byPerson}`,
  drop: `UPDATE sync_link SET state = 'excluded' ${byPerson}`,
  idOf: idOfPerson,
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
  api(`/api/groups/${everybodysGroup}/members`, members, '/api/groups/{id}/members'),
  api('/api/properties', table('property', `name = 'zzz' || key`)),
  api('/api/tokens', table('api_token', `name = 'zzz'`)),
  api('/api/provisioning-log', table('provisioning_log', 'at = at')),
  api('/api/provisioning-log?outcome=success', table('provisioning_log', 'at = at')),
  api('/api/audit-log', audit),
  api('/api/audit-log?actor=admin%40example.com', audit),
  api('/api/sync-preview', pending),
  api('/api/sync-preview?kind=create', pending),
  api('/api/sync-preview?kind=conflict', inConflict),
  api('/api/sync-preview/link-suggestions', inConflict),
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
  api(
    `/api/sync-runs/${someRun}/groups`,
    {
      touch: `UPDATE sync_group_change SET name = 'zzz', state = 'kept' WHERE workspace_id = $1 AND group_id = $2`,
      drop: 'DELETE FROM sync_group_change WHERE workspace_id = $1 AND group_id = $2',
      idOf: (item) => String(item.groupId),
    },
    '/api/sync-runs/{id}/groups',
  ),
  api('/api/removal-guard/let-through', letThrough),
  api('/api/directory-groups', groups),
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
];

/** Whether a list answers in SCIM's format. */
export function isScim({ route }: PagedList): boolean {
  return route.startsWith('/scim');
}

/** Whether a list is the operator's, across all workspaces. */
export function isOfOperator({ route }: PagedList): boolean {
  return route.startsWith('/operator') && !route.startsWith('/operator/workspaces/');
}

/** Gives a workspace rows for every list. */
export async function fillLists(
  dataSource: DataSource,
  workspace: TestWorkspace,
  names: readonly string[],
): Promise<void> {
  const { admin, id } = workspace;
  for (const [at, name] of names.entries()) {
    await givenUser(workspace.scim, { title: name });
    await givenGroup(workspace.scim, { displayName: name });
    await admin.post('/api/members', { email: `${name}@example.com`, displayName: name }).expect(201);
    await admin.post('/api/properties', { name, type: 'text' }).expect(201);
    await admin.put('/api/attribute-mapping', { rules: [emailRule, titleRule(at)] }).expect(200);
  }
  const many = `generate_series(1, ${names.length})`;
  for (const sql of [
    `INSERT INTO api_token (workspace_id, id, name, prefix, last_four, created_by, created_at)
     SELECT $1::uuid, gen_random_uuid(), 'token', 'mcs_x', 'abcd', 'x', now() FROM ${many}`,
    `INSERT INTO member_group (workspace_id, id, name, created_at, updated_at)
     SELECT $1::uuid, gen_random_uuid(), 'group', now(), now() FROM ${many}
     UNION ALL SELECT $1::uuid, '${everybodysGroup}'::uuid, 'group', now(), now()`,
    `INSERT INTO member (workspace_id, id, email, email_key, status, source, created_at, updated_at)
     VALUES ($1::uuid, '${memberOfEveryGroup}', 'e@example.com', 'e@example.com', 'active', 'manual', now(), now())`,
    `INSERT INTO member_group_member SELECT $1, g.id, '${memberOfEveryGroup}' FROM member_group g WHERE g.workspace_id = $1`,
    `INSERT INTO member_group_member SELECT $1, '${everybodysGroup}', m.id FROM member m
     WHERE m.workspace_id = $1 AND m.id <> '${memberOfEveryGroup}'`,
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
     SELECT $1::uuid, gen_random_uuid(), 'manual', 'succeeded', 'x', now() FROM ${many}
     UNION ALL SELECT $1::uuid, '${someRun}'::uuid, 'manual', 'succeeded', 'x', now()`,
    `INSERT INTO sync_change (workspace_id, id, run_id, at, kind, directory_user_id, name, fields, reason, state)
     SELECT $1::uuid, gen_random_uuid(), '${someRun}', now(), 'create', gen_random_uuid(), 'x', '[]', '{"code": "new-person", "params": {}}', 'made'
     FROM ${many}`,
    `WITH channel AS (
       INSERT INTO notification_channel (workspace_id, id, kind, name, sealed_url, causes, language, created_by, created_at)
       VALUES ($1::uuid, gen_random_uuid(), 'slack', 'x', 'x', '{}', 'en', 'x', now()) RETURNING id),
     message AS (
       INSERT INTO notification (workspace_id, id, kind, params, at)
       VALUES ($1::uuid, gen_random_uuid(), 'test', '{}', now()) RETURNING id)
     INSERT INTO notification_delivery (workspace_id, id, notification_id, channel_id, state, created_at)
     SELECT $1::uuid, gen_random_uuid(), message.id, channel.id, 'delivered', now() FROM message, channel, ${many}`,
    `INSERT INTO sync_group_change (workspace_id, run_id, group_id, at, kind, name)
     SELECT $1::uuid, '${someRun}', gen_random_uuid(), now(), 'create', 'group' FROM ${many}`,
    `WITH lost AS (
       INSERT INTO member (workspace_id, id, email, email_key, status, source, created_at, updated_at)
       SELECT id, gen_random_uuid(), 'lost' || n, 'lost' || n, 'deactivated', 'provisioning', created_at, created_at
       FROM workspace, ${many} n WHERE id = $1 RETURNING id, created_at AS at),
     linked AS (
       INSERT INTO sync_link (workspace_id, directory_user_id, member_id, state, updated_at)
       SELECT $1, gen_random_uuid(), id, 'linked', at FROM lost RETURNING directory_user_id, member_id, updated_at AS at)
     INSERT INTO sync_change (workspace_id, id, run_id, at, kind, directory_user_id, member_id, name, fields, reason, state)
     SELECT $1, gen_random_uuid(), '${someRun}', at, 'deactivate', directory_user_id, member_id, 'x',
       '[{"field": "status", "before": "active", "after": "deactivated"}]', '{"code": "leaver-deactivated", "params": {}}', 'made'
     FROM linked`,
    // Between those who may be a member there are others with no suggestion.
    `INSERT INTO sync_link (workspace_id, directory_user_id, state, name, reason, updated_at)
     SELECT $1::uuid, gen_random_uuid(), 'conflict', 'x',
       jsonb_build_object('code', code, 'params', jsonb_build_object('memberId', '${memberOfEveryGroup}', 'name', 'x', 'email', 'x')), now()
     FROM ${many}, unnest(ARRAY['email-taken', 'email-taken-by-former']) code`,
    `INSERT INTO workspace_erasure (id, erased_workspace, at, actor_kind, counts)
     SELECT uuidv7(), gen_random_uuid(), now(), 'operator', '${noneErased}' FROM ${many} WHERE $1::uuid IS NOT NULL`,
    `WITH made AS (
       INSERT INTO product_key (id, name, scopes, created_at)
       SELECT uuidv7(), 'x', '{events:read}', now() FROM ${many} WHERE $1::uuid IS NOT NULL RETURNING id)
     INSERT INTO product_key_secret (secret_hash, key_id, prefix, last_four, created_at)
     SELECT uuid_send(id), id, 'upk_', 'xxxx', now() FROM made`,
    `INSERT INTO webhook (id, url, secrets, state, position, created_at, updated_at)
     SELECT id, 'https://product.example/', '[]', 'disabled', 0, now(), now()
     FROM (SELECT '${someWebhook}'::uuid UNION ALL SELECT uuidv7() FROM ${many}) x(id) WHERE $1::uuid IS NOT NULL
     ON CONFLICT DO NOTHING`,
    `INSERT INTO webhook_delivery (id, webhook_id, workspace_id, sequence, type, ordered_by, urgent, state, created_at)
     SELECT uuidv7(), '${someWebhook}', $1, n, 'member.created', uuidv7(), false, 'delivered', now()
     FROM generate_series(1, (SELECT count(*) FROM ${many})) n`,
  ]) {
    await dataSource.query(sql, [id]);
  }
}

const copiedTables = [
  'directory_user',
  'directory_group',
  'member',
  'property',
  'member_group',
  'member_group_member',
  'sync_queue',
  'sync_run',
  'sync_change',
  'sync_group_change',
  'notification_channel',
  'notification',
  'notification_delivery',
  'sync_link',
  'provisioning_log',
  'api_token',
  'audit_log',
  'attribute_mapping',
  'attribute_mapping_rule',
];

/** Gives a workspace the rows of another one. */
export async function copyRows(
  dataSource: DataSource,
  from: TestWorkspace,
  to: TestWorkspace,
): Promise<void> {
  const columns = await dataSource.query<{ name: string; columns: string }[]>(
    `SELECT table_name AS name, string_agg(column_name, ', ') AS columns FROM information_schema.columns
     WHERE table_name = ANY ($1) AND is_generated = 'NEVER' AND column_name <> 'workspace_id' GROUP BY 1`,
    [copiedTables],
  );
  const columnsOf = new Map(columns.map((table) => [table.name, table.columns]));
  for (const table of copiedTables) {
    const names = columnsOf.get(table);
    await dataSource.query(
      `INSERT INTO ${table} (workspace_id, ${names}) SELECT $2::uuid, ${names} FROM ${table}
       WHERE workspace_id = $1 ON CONFLICT DO NOTHING`,
      [from.id, to.id],
    );
  }
}

const emailRule = { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' };

function titleRule(at: number): object {
  const source = at % 2 === 0 ? 'title' : 'userType';
  return { source, transforms: [], target: { field: 'jobTitle' }, when: 'always' };
}
