import type { DataSource } from 'typeorm';
import { givenGroup, givenUser } from '../scim/directory.ts';
import type { TestWorkspace } from './workspace.ts';

/** The group that everybody is in, the member who is in every group, and a run with changes. */
export const everybodysGroup = '0190aaaa-0000-7000-8000-000000000001';
export const memberOfEveryGroup = '0190aaaa-0000-7000-8000-000000000002';
export const someRun = '0190aaaa-0000-7000-8000-000000000003';
/** A webhook that is disabled, with deliveries. */
export const someWebhook = '0190aaaa-0000-7000-8000-000000000004';

/** What an erasure counted that found nothing. */
export const noneErased = '{"users": 0, "groups": 0, "members": 0}';

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
    `INSERT INTO admin_session (token_hash, workspace_id, email, created_at, expires_at, id)
     SELECT sha256(gen_random_uuid()::text::bytea), workspace_id, 'x@example.com', created_at, expires_at, gen_random_uuid()
     FROM admin_session, ${many} WHERE workspace_id = $1`,
    `INSERT INTO api_token (workspace_id, id, name, prefix, last_four, created_by, created_at, access_token_minutes)
     SELECT $1::uuid, gen_random_uuid(), 'client', 'mcc_x', 'abcd', 'x', now(), 60 FROM ${many}`,
    // The group that everybody is in is one that the directory does not have any more.
    `INSERT INTO member_group (workspace_id, id, name, directory_group_id, created_at, updated_at)
     SELECT $1::uuid, gen_random_uuid(), 'group', NULL::uuid, now(), now() FROM ${many}
     UNION ALL SELECT $1::uuid, '${everybodysGroup}'::uuid, 'group', gen_random_uuid(), now(), now()`,
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
  // A session is found by the hash of its token alone, whatever its workspace.
  await dataSource.query(
    `INSERT INTO admin_session (token_hash, workspace_id, email, created_at, expires_at, id)
     SELECT sha256(gen_random_uuid()::text::bytea), $2::uuid, email, created_at, expires_at, id
     FROM admin_session WHERE workspace_id = $1`,
    [from.id, to.id],
  );
}

/** Everybody's address is their user name. */
export const emailRule = { source: 'userName', transforms: [], target: { field: 'email' }, when: 'always' };

function titleRule(at: number): object {
  const source = at % 2 === 0 ? 'title' : 'userType';
  return { source, transforms: [], target: { field: 'jobTitle' }, when: 'always' };
}
