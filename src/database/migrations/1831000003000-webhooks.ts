import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where events are sent, and what became of each. */
export class Webhooks1831000003000 implements MigrationInterface {
  name = 'Webhooks1831000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE webhook_delivery');
    await queryRunner.query('DROP TABLE webhook');
  }
}

const up = [
  // Its place in the feed moves with the events: room in the page keeps the new version beside the old one.
  `CREATE TABLE webhook (
     id uuid PRIMARY KEY,
     url text NOT NULL,
     types text[],
     workspace_ids uuid[],
     secrets jsonb NOT NULL,
     state text NOT NULL CONSTRAINT webhook_state_check CHECK (state IN ('active', 'disabled')),
     disabled_reason text
       CONSTRAINT webhook_disabled_reason_check CHECK (disabled_reason IN ('operator', 'gone', 'failing')),
     disabled_at timestamptz,
     failing_since timestamptz,
     announcements_left integer NOT NULL DEFAULT 0,
     announced_workspace uuid,
     position bigint NOT NULL,
     position_sequence bigint NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   ) WITH (fillfactor = 50)`,
  `CREATE TABLE webhook_delivery (
     id uuid PRIMARY KEY,
     webhook_id uuid NOT NULL CONSTRAINT webhook_delivery_webhook_id_fkey REFERENCES webhook (id) ON DELETE CASCADE,
     workspace_id uuid NOT NULL,
     sequence bigint NOT NULL,
     type text NOT NULL,
     ordered_by uuid NOT NULL,
     urgent boolean NOT NULL,
     state text NOT NULL
       CONSTRAINT webhook_delivery_state_check CHECK (state IN ('pending', 'delivered', 'failed')),
     attempts integer NOT NULL DEFAULT 0,
     failures integer NOT NULL DEFAULT 0,
     next_attempt_at timestamptz,
     leased_until timestamptz,
     attempted_at timestamptz,
     status integer,
     error text,
     latency_ms integer,
     answer text,
     created_at timestamptz NOT NULL,
     CONSTRAINT webhook_delivery_event_key UNIQUE (workspace_id, sequence, webhook_id)
   )`,
  `CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, urgent, next_attempt_at, id)
     WHERE state = 'pending'`,
  `CREATE INDEX webhook_delivery_order ON webhook_delivery (webhook_id, ordered_by, sequence)
     WHERE state = 'pending'`,
  `CREATE INDEX webhook_delivery_list ON webhook_delivery (webhook_id, id)`,
  `CREATE INDEX webhook_delivery_failed ON webhook_delivery (webhook_id, id) WHERE state = 'failed'`,
  `CREATE INDEX webhook_delivery_created_at ON webhook_delivery (created_at)`,
];
