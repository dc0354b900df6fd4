/**
 * Every table that holds rows of a workspace, in the order in which they are emptied: a table comes before the tables that
 * it refers to. Tables that a running action writes last (sessions, audit records) come last, so that the action leaves
 * nothing behind. Erasing a workspace goes through this list; a test compares it with the database.
 */
export const workspaceTables = [
  'sync_change',
  'sync_group_change',
  'sync_run_person',
  'sync_run',
  'nightly_claim',
  'suppressed_group',
  'sync_pending_reference',
  'sync_link',
  'former_link',
  'erased_identity',
  'erasure_salt',
  'member_group_member',
  'member_group',
  'member',
  'property',
  'attribute_mapping_rule',
  'attribute_mapping',
  'role_mapping',
  'directory_event',
  'directory_group_member',
  'directory_group',
  'directory_user',
  // Who leaves a directory group is queued by that.
  'sync_queue',
  // Who counts has queued before, and waits for nobody any more: nor may they wait for who empties this.
  'directory_count',
  'simulation',
  'member_digest',
  'webhook_delivery',
  // Making a message locks the state: once it is gone, no message follows.
  'notification_state',
  'notification_delivery',
  'notification',
  'notification_cause',
  'notification_channel',
  'event',
  // Recording a receipt locks its event: once the events are gone, no receipt follows.
  'event_receipt',
  'published_event',
  'moved_cursor_key',
  'event_head',
  'provisioning_log_day',
  'provisioning_log_note',
  'provisioning_log_body',
  'provisioning_log',
  'token_attempt',
  'oauth_client_secret',
  'api_token_secret',
  'api_token',
  'admin_link',
  'admin_session',
  'audit_log_target',
  // Recording something locks the head, so what is under way is over before it goes.
  'audit_head',
  'published_audit',
  'audit_log',
] as const;
