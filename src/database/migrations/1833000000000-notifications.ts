import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What admins are told by e-mail and in their chats, who is told, and what became of it. */
export class Notifications1833000000000 implements MigrationInterface {
  name = 'Notifications1833000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}

const up = [
  `CREATE TABLE notification_state (
     workspace_id uuid PRIMARY KEY,
     names boolean NOT NULL DEFAULT false,
     looked_at timestamptz,
     next_look_at timestamptz,
     next_digest_at timestamptz,
     seen_sequence bigint NOT NULL DEFAULT 0,
     seen_contact_at timestamptz,
     silent_at timestamptz,
     silence_is_known boolean NOT NULL DEFAULT false
   )`,
  `CREATE INDEX notification_state_next_look_at ON notification_state (next_look_at) WHERE next_look_at IS NOT NULL`,
  `CREATE TABLE notification_channel (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     kind text NOT NULL,
     name text NOT NULL,
     email text,
     email_key text COLLATE "C",
     host text,
     sealed_url text,
     secrets jsonb NOT NULL DEFAULT '[]',
     causes text[] NOT NULL,
     language text NOT NULL,
     created_by text NOT NULL,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT notification_channel_person_key UNIQUE (workspace_id, email_key),
     CONSTRAINT notification_channel_kind_check CHECK (kind IN ('email', 'slack', 'teams', 'webhook')),
     CONSTRAINT notification_channel_target_check
       CHECK (CASE kind WHEN 'email' THEN email IS NOT NULL AND email_key IS NOT NULL ELSE sealed_url IS NOT NULL END)
   )`,
  `CREATE TABLE notification_cause (
     workspace_id uuid NOT NULL,
     key text NOT NULL,
     began_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, key)
   )`,
  `CREATE TABLE notification (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     kind text NOT NULL,
     params jsonb NOT NULL,
     at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id)
   )`,
  `CREATE INDEX notification_at ON notification (at)`,
  `CREATE TABLE notification_delivery (
     workspace_id uuid NOT NULL,
     id uuid NOT NULL,
     notification_id uuid NOT NULL,
     channel_id uuid NOT NULL,
     state text NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     failures integer NOT NULL DEFAULT 0,
     next_attempt_at timestamptz,
     leased_until timestamptz,
     attempted_at timestamptz,
     status integer,
     error text,
     answer text,
     created_at timestamptz NOT NULL,
     PRIMARY KEY (workspace_id, id),
     CONSTRAINT notification_delivery_state_check CHECK (state IN ('pending', 'delivered', 'failed')),
     CONSTRAINT notification_delivery_notification_fkey FOREIGN KEY (workspace_id, notification_id)
       REFERENCES notification (workspace_id, id) ON DELETE CASCADE,
     CONSTRAINT notification_delivery_channel_fkey FOREIGN KEY (workspace_id, channel_id)
       REFERENCES notification_channel (workspace_id, id) ON DELETE CASCADE
   )`,
  `CREATE INDEX notification_delivery_due ON notification_delivery (next_attempt_at) WHERE state = 'pending'`,
  `CREATE INDEX notification_delivery_recent ON notification_delivery (workspace_id, created_at)`,
  `CREATE INDEX notification_delivery_notification ON notification_delivery (workspace_id, notification_id)`,
  `CREATE INDEX notification_delivery_channel ON notification_delivery (workspace_id, channel_id)`,
  `CREATE INDEX provisioning_log_refused_at ON provisioning_log (workspace_id, at) WHERE status IN (400, 409, 413)`,
];

const down = [
  `DROP INDEX provisioning_log_refused_at`,
  `DROP TABLE notification_delivery`,
  `DROP TABLE notification`,
  `DROP TABLE notification_cause`,
  `DROP TABLE notification_channel`,
  `DROP TABLE notification_state`,
];
