import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the host product follows: events of each workspace, and versions of its members. */
export class Events1831000000000 implements MigrationInterface {
  name = 'Events1831000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}

const up = [
  `CREATE TABLE event (
     workspace_id uuid NOT NULL,
     sequence bigint NOT NULL,
     at timestamptz NOT NULL,
     type text NOT NULL,
     subject_kind text NOT NULL,
     subject_id uuid NOT NULL,
     subject_external_id text COLLATE "C",
     subject_version bigint NOT NULL,
     cause json NOT NULL,
     changes json NOT NULL,
     data json NOT NULL,
     PRIMARY KEY (workspace_id, sequence)
   )`,
  // Every change of a workspace updates its head: room in the page keeps the new version beside the old one.
  `CREATE TABLE event_head (
     workspace_id uuid PRIMARY KEY,
     sequence bigint NOT NULL,
     published bigint NOT NULL DEFAULT 0,
     forgotten bigint NOT NULL DEFAULT 0
   ) WITH (fillfactor = 50)`,
  `CREATE INDEX event_head_unpublished ON event_head (workspace_id) WHERE sequence > published`,
  `CREATE TABLE published_event (
     position bigint PRIMARY KEY,
     workspace_id uuid NOT NULL,
     first_sequence bigint NOT NULL,
     last_sequence bigint NOT NULL,
     at timestamptz NOT NULL
   )`,
  `CREATE INDEX published_event_workspace ON published_event (workspace_id)`,
  `CREATE TABLE publication (
     is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
     position bigint NOT NULL,
     forgotten bigint NOT NULL
   ) WITH (fillfactor = 50)`,
  `INSERT INTO publication (position, forgotten) VALUES (0, 0)`,
  `ALTER TABLE member
     ADD COLUMN version bigint NOT NULL DEFAULT 1,
     ADD COLUMN vendor_id text COLLATE "C",
     ADD COLUMN suspended_at timestamptz`,
  `CREATE UNIQUE INDEX member_vendor_id ON member (workspace_id, vendor_id) WHERE vendor_id IS NOT NULL`,
];

const down = [
  `ALTER TABLE member DROP COLUMN version, DROP COLUMN vendor_id, DROP COLUMN suspended_at`,
  `DROP TABLE publication`,
  `DROP TABLE published_event`,
  `DROP TABLE event_head`,
  `DROP TABLE event`,
];
