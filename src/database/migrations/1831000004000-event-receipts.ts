import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the host product says it did about events, and whose access was suspended and given back. */
export class EventReceipts1831000004000 implements MigrationInterface {
  name = 'EventReceipts1831000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}

const up = [
  `CREATE TABLE event_receipt (
     workspace_id uuid NOT NULL,
     sequence bigint NOT NULL,
     member_id uuid,
     at timestamptz NOT NULL,
     sessions_ended integer,
     tokens_revoked integer,
     key_name text,
     PRIMARY KEY (workspace_id, sequence)
   )`,
  `CREATE INDEX event_receipt_member ON event_receipt (workspace_id, member_id) WHERE member_id IS NOT NULL`,
  `CREATE INDEX event_access ON event (workspace_id, subject_id)
     WHERE type IN ('member.suspended', 'member.reactivated')`,
];

const down = [`DROP INDEX event_access`, `DROP TABLE event_receipt`];
