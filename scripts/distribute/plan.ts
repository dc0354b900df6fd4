import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';

/**
 * Tables with rows of workspaces that stay on the coordinator, and why. They are small, and found by another key than the
 * workspace: a database that is distributed by workspace would ask all of its nodes for them.
 */
export const staysLocal: Readonly<Record<string, string>> = {
  admin_link: 'found by the hash of its code',
  admin_session: 'found by the hash of its token',
  api_token_secret: 'found by its hash',
  oauth_client_secret: 'found by its hash',
  api_token: 'read together with its secrets, when a token is checked',
  token_attempt: 'read together with the API tokens',
  published_event: 'the feed over all workspaces',
  published_audit: 'the feed over all workspaces',
  webhook_delivery: 'belongs to a webhook of the operator',
  audit_head: 'says which workspaces have records that the feed lacks',
  audit_log: 'read together with its head',
  audit_log_target: 'read together with its record',
  notification_state: 'says which workspaces must be looked at',
  notification: 'read together with what is to be sent',
  notification_cause: 'read together with its message',
  notification_channel: 'read together with what is to be sent',
  notification_delivery: 'says what is to be sent',
};

/** Tables that every node has whole: they are read together with rows of a workspace, and change rarely. */
export const onEveryNode = ['workspace', 'declared_roles'] as const;

/** Tables whose rows lie where those of their workspace lie. A table comes behind those that it refers to. */
export const distributed: readonly string[] = workspaceTables
  .filter((table) => !(table in staysLocal))
  .toReversed();

/** The table that the others lie beside. */
export const [firstTable = ''] = distributed;
