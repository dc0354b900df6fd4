/** A statement that is allowed to be otherwise than the rest. */
export interface NamedStatement {
  name: string;
  /** A part of its text that no other has, with single blanks. */
  has: string;
  because: string;
  /** It is sent once an hour, so a run of the tests may end without it. */
  isHourly?: true;
}

const asksWho = 'the secret says which workspace it is of: that is what is asked';
const asksWhere = 'background work asks which workspaces have something due; what it then does names each';
const figures = '/metrics counts over all workspaces, and names none';
const old = 'what is old is deleted in small steps, of every workspace';
const operatorSees = 'the operator sees all workspaces; a product key, those of its list';

/** Statements over all workspaces. Everything else binds the workspace of every table that it names. */
export const acrossWorkspaces: readonly NamedStatement[] = [
  {
    name: 'an admin link is used',
    has: 'UPDATE admin_link SET used_at = $1 WHERE code_hash =',
    because: asksWho,
  },
  { name: 'a session is looked up', has: 'WHERE s.token_hash = $1', because: asksWho },
  { name: 'an API token is looked up', has: 'FROM api_token_secret s JOIN api_token t', because: asksWho },
  {
    name: 'an OAuth client is looked up',
    has: 'FROM oauth_client_secret s JOIN api_token t',
    because: asksWho,
  },
  {
    name: 'attempts with spoilt tokens are noted',
    has: 'INSERT INTO token_attempt AS a',
    because: 'of bad credentials only the beginning is known, and by it whose token it may be',
  },
  {
    name: 'tokens that expire soon',
    has: 'FROM api_token WHERE revoked_at IS NULL AND expires_at >',
    because: asksWhere,
  },
  {
    name: 'access that is still held',
    has: "w.settings ->> 'heldLeavers' IS DISTINCT FROM 'keep'",
    because: asksWhere,
  },
  {
    name: 'the next run',
    has: "SELECT workspace_id, id FROM sync_run WHERE state IN ('queued', 'running')",
    because: asksWhere,
  },
  {
    name: 'leavers and returners',
    has: 'WITH RECURSIVE waiting AS ( (SELECT workspace_id FROM sync_queue',
    because: asksWhere,
  },
  {
    name: 'leavers and returners, where they lie on several nodes',
    has: 'SELECT DISTINCT workspace_id, reason FROM sync_queue',
    because: asksWhere,
  },
  { name: 'nights that are due', has: 'activated_at IS NOT NULL AND next_sync_at <= $1', because: asksWhere },
  {
    name: 'nights that are planned too late',
    has: "settings #>> '{schedule,which}' = 'hours'",
    because: asksWhere,
  },
  { name: 'suspensions that end', has: 'FROM workspace WHERE suspended_until <= $1', because: asksWhere },
  {
    name: 'references that can be resolved',
    has: 'SELECT DISTINCT workspace_id FROM late',
    because: asksWhere,
  },
  {
    name: 'looks for causes of messages',
    has: 'FROM notification_state s JOIN workspace w',
    because: asksWhere,
  },
  { name: 'looks that are due', has: 'FROM notification_state WHERE next_look_at <= $1', because: asksWhere },
  {
    name: 'messages to be sent',
    has: 'SELECT d.workspace_id, d.id, d.channel_id, d.next_attempt_at FROM notification_delivery d',
    because: asksWhere,
  },
  { name: 'deliveries to be sent', has: 'FROM webhook h LEFT JOIN busy b', because: asksWhere },
  { name: 'events that are old', has: 'FROM event_head h WHERE h.workspace_id <> ALL', because: asksWhere },
  {
    name: 'events are published',
    has: 'SELECT workspace_id, sequence, published FROM event_head WHERE sequence > published',
    because: 'the feed over all workspaces gives the events of all of them a place',
  },
  {
    name: 'workspaces whose events are to be published, where they lie on several nodes',
    has: 'SELECT workspace_id FROM event_head WHERE sequence > published',
    because: asksWhere,
  },
  {
    name: 'records of the audit log are published',
    has: 'FROM audit_head WHERE sequence > published',
    because: 'the feed over all workspaces gives the records of all of them a place',
  },
  {
    name: 'the feed of the audit log',
    has: 'FROM published_audit',
    because: operatorSees,
  },
  {
    name: 'workspaces that keep things for a time',
    has: "SELECT id, retention FROM workspace WHERE retention <> '{}'",
    because: asksWhere,
  },
  {
    name: 'chains of workspaces that are gone',
    has: 'SELECT workspace_id AS id FROM audit_head h',
    because: asksWhere,
  },
  {
    name: 'workspaces that give roles',
    has: 'SELECT workspace_id AS id FROM role_mapping ORDER BY workspace_id',
    because: 'the vendor declares other roles for all of them',
  },
  {
    name: 'workspaces that give a role which would be gone',
    has: 'FROM role_mapping r JOIN workspace w ON w.id = r.workspace_id',
    because: 'the vendor is told which of them still do',
  },
  {
    name: 'workspaces whose seats have to be looked at',
    has: 'AS "isBeyondAllowed" FROM workspace',
    because: asksWhere,
  },
  {
    name: 'sessions that are over',
    has: 'DELETE FROM admin_session s WHERE NOT (s.expires_at',
    because: old,
  },
  {
    name: 'secrets that are over',
    has: 'DELETE FROM api_token_secret WHERE expires_at <',
    isHourly: true,
    because: old,
  },
  {
    name: 'messages to admins that are old',
    has: 'DELETE FROM notification WHERE (workspace_id, id) IN ( SELECT workspace_id, id FROM notification WHERE at <',
    isHourly: true,
    because: old,
  },
  { name: 'links that are over', has: 'DELETE FROM admin_link WHERE expires_at <=', because: old },
  {
    name: 'days of the log that are over',
    has: 'DELETE FROM provisioning_log_day WHERE day <',
    because: old,
  },
  {
    name: 'entries of the log that are old',
    has: 'WITH old AS ( SELECT o.workspace_id, o.id FROM provisioning_log o WHERE o.at <',
    because: old,
  },
  {
    name: 'workspaces whose history is kept for a time',
    has: 'SELECT id FROM workspace WHERE id <> ALL ($1::uuid[])',
    because: asksWhere,
  },
  {
    name: 'workspaces in figures',
    has: 'SELECT count(*) FILTER (WHERE entitled AND activated_at IS NOT NULL)',
    because: figures,
  },
  {
    name: 'how far the feed is behind, in figures',
    has: 'FROM (SELECT workspace_id, published FROM event_head WHERE sequence > published LIMIT',
    because: figures,
  },
  {
    name: 'the queue in figures',
    has: 'SELECT reason, count(*)::integer AS people',
    because: figures,
  },
  {
    name: 'people who wait, in figures',
    has: 'SELECT state, count(*)::integer AS people',
    because: figures,
  },
  {
    name: 'runs in figures',
    has: 'SELECT state, count(*)::integer AS runs',
    because: figures,
  },
  {
    name: 'messages in figures',
    has: "FROM (SELECT created_at FROM notification_delivery WHERE state = 'pending'",
    because: figures,
  },
  { name: 'digests that are behind', has: 'FROM event_head h LEFT JOIN member_digest d', because: asksWhere },
  {
    name: 'a webhook that was switched off',
    has: 'SELECT h.disabled_reason AS reason',
    because: 'the event that says so goes into every workspace that waits for it',
  },
  {
    name: 'who may have access',
    has: 'FROM directory_user WHERE email_hashes @>',
    because:
      'the index of addresses is over all workspaces; what it finds is narrowed to one right behind it',
  },
  {
    name: 'a workspace by the vendor’s own id',
    has: 'FROM workspace WHERE external_id = $1',
    because: 'that id says which workspace is meant',
  },
  {
    name: 'what needs somebody',
    has: 'SELECT w.id, w.name, w.external_id AS "externalId", w.entitled AND w.activated_at',
    because: operatorSees,
  },
  {
    name: 'workspaces by their ids',
    has: 'SELECT id, external_id AS "externalId", moved_at AS "movedAt", moved_to AS "movedTo" FROM workspace',
    because: operatorSees,
  },
  {
    name: 'the list of workspaces',
    has: 'FROM workspace WHERE ($1::uuid IS NULL OR id > $1)',
    because: operatorSees,
  },
];

const writtenHere = 'the part that writes is bound by what a part before it has found in the workspace';
const ofFilter = 'the filter of a client is text, and reads rows of a row whose workspace is bound';
const givenRows = 'the rows that are given name their workspaces';

/**
 * Statements in which a part takes its workspace from another part instead of a parameter. They are right; a database
 * that is distributed by workspace would have to ask all of its nodes for them.
 */
export const boundByAnotherPart: readonly NamedStatement[] = [
  {
    name: 'last contacts',
    has: 'free AS ( SELECT w.id FROM workspace w WHERE w.id IN (SELECT workspace_id FROM given)',
    because: givenRows,
  },
  { name: 'entries of the provisioning log', has: 'INSERT INTO provisioning_log_body', because: givenRows },
  {
    name: 'sessions of open streams',
    has: 'FROM admin_session s JOIN unnest($1::uuid[], $2::uuid[])',
    because: givenRows,
  },
  {
    name: 'messages that were claimed',
    has: 'FROM unnest($1::uuid[], $2::uuid[]) claimed(workspace_id, id) JOIN notification_delivery',
    because: givenRows,
  },
  { name: 'links are written', has: 'WITH former AS ( DELETE FROM former_link f', because: writtenHere },
  {
    name: 'pages of events',
    has: 'coalesce(r.after >= (SELECT forgotten FROM event_head',
    because: givenRows,
  },
  {
    name: 'events to be delivered',
    has: 'SELECT r.ordinal, e.workspace_id AS "workspaceId", e.sequence, e.type, CASE WHEN',
    because: givenRows,
  },
  {
    name: 'the next run of a workspace',
    has: 'AND NOT EXISTS ( SELECT 1 FROM workspace w WHERE w.id = sync_run.workspace_id',
    because: 'every node has the table of workspaces',
  },
  {
    name: 'what the workspaces of a list need',
    has: 'FROM workspace w LEFT JOIN LATERAL ( SELECT count(*) FILTER (WHERE state =',
    because: operatorSees,
  },
  {
    name: 'lists of users by their groups',
    has: 'WHERE gm.workspace_id = u.workspace_id AND gm.user_id = u.id',
    because: ofFilter,
  },
  {
    name: 'lists of groups by their members',
    has: 'WHERE fm.workspace_id = g.workspace_id AND fm.group_id = g.id',
    because: ofFilter,
  },
  {
    name: 'members that a PATCH selects',
    has: 'AND n.workspace_id = m.workspace_id AND n.id =',
    because: ofFilter,
  },
];
