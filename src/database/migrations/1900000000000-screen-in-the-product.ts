import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `CREATE TABLE screen_embedding (
     is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT screen_embedding_is_only_check CHECK (is_only),
     origins text[] NOT NULL DEFAULT '{}',
     return_origins text[] NOT NULL DEFAULT '{}',
     updated_at timestamptz
   )`,
  `INSERT INTO screen_embedding DEFAULT VALUES`,
  `CREATE TABLE screen_branding (
     is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT screen_branding_is_only_check CHECK (is_only),
     product_name text,
     logo bytea,
     logo_type text,
     accent_color text,
     font_family text,
     radius_px integer,
     support_url text,
     hidden text[] NOT NULL DEFAULT '{}',
     updated_at timestamptz
   )`,
  `INSERT INTO screen_branding DEFAULT VALUES`,
  `ALTER TABLE admin_link ADD COLUMN name text`,
  `ALTER TABLE admin_link ADD COLUMN locale text`,
  `ALTER TABLE admin_link ADD COLUMN color_scheme text`,
  `ALTER TABLE admin_link ADD COLUMN return_url text`,
  `ALTER TABLE admin_session ADD COLUMN name text`,
  `ALTER TABLE admin_session ADD COLUMN return_url text`,
];

const down = [
  'ALTER TABLE admin_session DROP COLUMN return_url',
  'ALTER TABLE admin_session DROP COLUMN name',
  'ALTER TABLE admin_link DROP COLUMN return_url',
  'ALTER TABLE admin_link DROP COLUMN color_scheme',
  'ALTER TABLE admin_link DROP COLUMN locale',
  'ALTER TABLE admin_link DROP COLUMN name',
  'DROP TABLE screen_branding',
  'DROP TABLE screen_embedding',
];

/** The settings screen as a part of the product: who may embed it, how it looks, and what links say beside who signs in. */
export class ScreenInTheProduct1900000000000 implements MigrationInterface {
  name = 'ScreenInTheProduct1900000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of up) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of down) await queryRunner.query(statement);
  }
}
