import { randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const keyBytes = 32;

/** Cursors are sealed with a key of the installation. It is made here, once, whichever process migrates. */
export class CursorKey1815000000000 implements MigrationInterface {
  name = 'CursorKey1815000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE cursor_key (one boolean PRIMARY KEY CHECK (one), key bytea NOT NULL)`,
    );
    await queryRunner.query('INSERT INTO cursor_key (one, key) VALUES (true, $1)', [randomBytes(keyBytes)]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE cursor_key');
  }
}
