import type { MigrationInterface, QueryRunner } from 'typeorm';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const hashAnew = `UPDATE directory_user SET
  display_name_hash = scim_hash(scim_fold(resource->>'displayName')),
  employee_number_hash = scim_hash(scim_fold(resource->'${enterprise}'->>'employeeNumber')),
  email_hashes = ARRAY(SELECT scim_hash(scim_fold(e.value #>> '{}'))
    FROM jsonb_path_query(resource, '$.emails[*].value ? (@ != null)') AS e(value))`;

/**
 * PostgreSQL evaluates generated columns and checks at each statement that writes a row. The tables that are written all
 * day lose them: the generated column, whose value the service knows, and the checks of two columns that statements fill
 * only with a constant or a typed value.
 *
 * The hash that users are found by is PostgreSQL's own, the one that places rows in hash partitions: stable from version
 * to version, and much quicker than SHA-256. It need not be cryptographic: the text itself is always compared as well.
 */
export class PlainColumns1796000000200 implements MigrationInterface {
  name = 'PlainColumns1796000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE directory_user ALTER manager_value DROP EXPRESSION');
    await queryRunner.query(`ALTER TABLE directory_event
      DROP CONSTRAINT directory_event_resource_type_check, DROP CONSTRAINT directory_event_kind_check`);
    await queryRunner.query(`CREATE OR REPLACE FUNCTION scim_hash(folded text) RETURNS bigint
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN hashtextextended(folded COLLATE "C", 0)`);
    await queryRunner.query(hashAnew);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE OR REPLACE FUNCTION scim_hash(folded text) RETURNS bigint
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN ('x' || left(encode(sha256(convert_to(folded, 'UTF8')), 'hex'), 16))::bit(64)::bigint`);
    await queryRunner.query(hashAnew);
    await queryRunner.query(`ALTER TABLE directory_event
      ADD CONSTRAINT directory_event_resource_type_check CHECK (resource_type IN ('User', 'Group')),
      ADD CONSTRAINT directory_event_kind_check CHECK (kind IN ('created', 'updated', 'deleted', 'restored'))`);
    await queryRunner.query('DROP INDEX directory_user_manager');
    await queryRunner.query('ALTER TABLE directory_user DROP manager_value');
    await queryRunner.query(`ALTER TABLE directory_user ADD manager_value text COLLATE "C"
      GENERATED ALWAYS AS (resource #>> '{${enterprise},manager,value}') STORED`);
    await queryRunner.query(`CREATE INDEX directory_user_manager
      ON directory_user (workspace_id, manager_value) WHERE manager_value IS NOT NULL`);
  }
}
