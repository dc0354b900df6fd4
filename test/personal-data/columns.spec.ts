import { expect, it } from '@jest/globals';
import { memberFields } from '../../src/member-directory/fields/member-field.ts';
import { holdings } from '../../src/personal-data/holdings.ts';
import { columnName } from '../../src/database/table/table.ts';
import { useService } from '../harness/use-service.ts';

const service = useService();

/** Types that hold no text: what refers to a person by these leads nowhere once the person is erased. */
const textless: ReadonlySet<string> = new Set([
  'uuid',
  'timestamp with time zone',
  'date',
  'integer',
  'bigint',
  'boolean',
]);

/** Columns that hold no person, and why. A new column of text needs a verdict: here, or in `holdings.ts`. */
const impersonal: Readonly<Record<string, readonly string[]>> = {
  'keys and hashes': [
    'cursor_key.key',
    'moved_cursor_key.key',
    'erasure_salt.salt',
    'erased_identity.hash',
    'product_key_secret.secret_hash',
    'spent_assertion.id_hash',
    'product_key_secret.prefix',
    'product_key_secret.last_four',
    'api_token.prefix',
    'api_token.last_four',
    'api_token_secret.secret_hash',
    'oauth_client_secret.secret_hash',
    'oauth_client_secret.prefix',
    'oauth_client_secret.last_four',
    'webhook.secrets',
    'notification_channel.secrets',
    'notification_channel.sealed_url',
    'member_digest.counts',
    'member_digest.sums',
    'audit_head.hash',
    'audit_head.pruned_hash',
    'audit_log.hash',
    'audit_log.previous_hash',
    'audit_log.salt',
    'audit_log.redacted',
  ],
  'texts of the vendor': [
    'declared_roles.roles',
    'role_mapping.role_keys',
    'role_mapping.default_role',
    'member.role',
    'vendor_identity.issuer',
    'workspace.moved_to',
    'vendor_identity.jwks_uri',
    'vendor_identity.audience',
    'screen_embedding.origins',
    'screen_embedding.return_origins',
    'screen_branding.product_name',
    'screen_branding.logo',
    'screen_branding.logo_type',
    'screen_branding.accent_color',
    'screen_branding.font_family',
    'screen_branding.support_url',
    'screen_branding.hidden',
    'admin_link.return_url',
    'admin_session.return_url',
    'product_key.name',
    'product_key.scopes',
    'product_key.workspace_ids',
    'event_receipt.key_name',
    'webhook.url',
    'webhook.types',
    'webhook.workspace_ids',
    'webhook.state',
    'webhook.disabled_reason',
    'workspace_erasure.external_id',
    'workspace_erasure.actor_kind',
    'workspace_erasure.actor_name',
    'workspace_erasure.counts',
    'workspace.external_id',
  ],
  'texts of the customer about things': [
    'workspace.name',
    'workspace.slug',
    'workspace.settings',
    'workspace.retention',
    'workspace.seats_beyond',
    'workspace.automatic_sync',
    'api_token.name',
    'attribute_mapping.group_patterns',
    'role_mapping.rules',
    'role_mapping.without_group',
    'role_mapping.group_ids',
    'member.role_groups',
    'attribute_mapping_rule.source',
    'attribute_mapping_rule.transforms',
    'attribute_mapping_rule.target_kind',
    'attribute_mapping_rule.target_key',
    'attribute_mapping_rule.apply_when',
    'attribute_mapping_rule.unknown_option',
    'property.key',
    'property.name',
    'property.type',
    'property.options',
    'property.filled_by',
    'directory_group.external_id',
    'directory_group.display_name',
    'directory_group.display_name_key',
    'directory_group.resource',
    'member_group.name',
    'suppressed_group.name',
    'sync_group_change.name',
    'sync_group_change.name_before',
  ],
  'words of the service': [
    'admin_link.role',
    'admin_link.locale',
    'admin_link.color_scheme',
    'admin_session.role',
    'sync_run.traceparent',
    'suppressed_group.kind',
    'sync_group_change.kind',
    'sync_group_change.state',
    'sync_change.kind',
    'sync_change.state',
    'sync_change.origin',
    'sync_change.original_kind',
    'sync_change.directory_groups',
    'sync_run.trigger',
    'sync_run.state',
    'sync_run.counts',
    'sync_link.state',
    'sync_link.suppressed_kind',
    'sync_link.directory_groups',
    'sync_queue.reason',
    'nightly_claim.slot',
    'simulation.provider',
    'simulation.state',
    'simulation.phase',
    'simulation.error',
    'member.status',
    'member.source',
    'member.provisioned_fields',
    'directory_event.resource_type',
    'directory_event.kind',
    'event.type',
    'event.subject_kind',
    'webhook_delivery.type',
    'webhook_delivery.state',
    'webhook_delivery.error',
    'notification.kind',
    'notification_cause.key',
    'notification_channel.kind',
    'notification_channel.host',
    'notification_channel.causes',
    'notification_channel.language',
    'notification_delivery.state',
    'notification_delivery.error',
    'provisioning_log.request_id',
    'provisioning_log.method',
    'provisioning_log.scim_type',
    'provisioning_log.resource_type',
    'provisioning_log.user_agent',
    'token_attempt.problem',
    'token_attempt.user_agent',
    'audit_log.actor_kind',
    'audit_log.action',
    'directory_group_member.type',
  ],
  'ids, also where they are texts': [
    'audit_log_target.target',
    'sync_group_change.left_behind',
    'provisioning_log.event_ids',
  ],
  'of the migrations': ['migrations.name'],
};

/** Seen to by a room of its own: the audit log keeps digests of what is taken out. */
const apart = ['actor_email', 'actor_key_name', 'target', 'details', 'address', 'request_id'].map(
  (column) => `audit_log.${column}`,
);

it('every column that may hold a person has a verdict, and none that is gone has one', async () => {
  const columns = await service.dataSource.query<{ name: string; type: string; key: string }[]>(
    `SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY 1`,
  );
  const known = new Set([...Object.values(impersonal).flat(), ...apart]);
  const ownRowsGo = new Set(holdings.filter(({ own }) => own !== null).map(({ table }) => table.name));
  for (const { table, searched } of holdings)
    for (const field of searched) known.add(`${table.name}.${columnName(field)}`);
  const unknown = columns.filter(({ name, type }) => {
    const [table = ''] = name.split('.');
    return !textless.has(type) && !known.has(name) && !ownRowsGo.has(table);
  });
  expect(unknown.map(({ name, type }) => `${name} ${type}`)).toEqual([]);
  const names = new Set(columns.map(({ name }) => name));
  expect([...known].filter((name) => !names.has(name))).toEqual([]);
});

it('a table whose rows go with the person names no other person in a column that nobody has looked at', () => {
  // What is said in rows about others is searched; the rest of these columns is about the row's own person.
  const ofOwnPerson = new Set(
    holdings.flatMap(({ table, own, searched }) =>
      own === null
        ? []
        : Object.entries(table.columns)
            .filter(
              ([field, { type }]) => ['text', 'jsonb', 'json'].includes(type) && !searched.includes(field),
            )
            .map(([field]) => `${table.name}.${columnName(field)}`),
    ),
  );
  const verdicts = new Set(Object.values(impersonal).flat());
  const own = [...ofOwnPerson].filter((name) => !verdicts.has(name) && !ofMembers.has(name)).sort();
  expect(own).toEqual(ownTexts);
});

/** The text fields of members say something of the member alone. */
const ofMembers = new Set(memberFields.map((field) => `member.${columnName(field)}`));

/** Further texts that say something of the person of their row alone. */
const ownTexts = [
  'admin_link.email',
  'admin_link.name',
  'admin_session.address',
  'admin_session.email',
  'admin_session.name',
  'admin_session.user_agent',
  'directory_group_member.value',
  'directory_user.external_id',
  'directory_user.manager_value',
  'directory_user.search_text',
  'directory_user.user_name',
  'directory_user.user_name_key',
  'event.subject_external_id',
  'former_link.external_id',
  'former_link.name',
  'member.email_key',
  'member.external_id',
  'member.vendor_id',
  'notification_channel.email',
  'notification_channel.email_key',
  'provisioning_log.resource_id',
  'provisioning_log_note.resource_id',
  'sync_change.name',
  'sync_link.external_id',
  'sync_link.name',
  'sync_pending_reference.reference',
];
