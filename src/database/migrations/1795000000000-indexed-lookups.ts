import type { MigrationInterface, QueryRunner } from 'typeorm';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * Users are found by `displayName`, `employeeNumber` and every address in `emails` through an index. What is indexed
 * are hashes, because an index row must not exceed 2.7 kB and these texts may be of any length; and they are columns,
 * not expressions over `resource`: an expression index would end HOT updates, so that every PATCH would write all indexes.
 */
export class IndexedLookups1795000000000 implements MigrationInterface {
  name = 'IndexedLookups1795000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // The body of a PL/pgSQL function is looked up when it runs, and a restore runs it without a search path.
    await queryRunner.query(`DO $do$ BEGIN
       EXECUTE format($format$
         CREATE FUNCTION scim_email_hashes(resource jsonb) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fn$
         DECLARE
           addresses jsonb := jsonb_path_query_array(resource, '$.emails[*].value ? (@ != null)');
           hashes bigint[] := '{}';
         BEGIN
           FOR position IN 0 .. jsonb_array_length(addresses) - 1 LOOP
             hashes := hashes || hashtextextended(%1$I.scim_fold(addresses->>position), 0);
           END LOOP;
           RETURN hashes;
         END $fn$
       $format$, current_schema());
     END $do$`);
    await queryRunner.query(`ALTER TABLE directory_user
      ADD display_name_hash bigint
        GENERATED ALWAYS AS (hashtextextended(scim_fold(resource->>'displayName'), 0)) STORED,
      ADD employee_number_hash bigint
        GENERATED ALWAYS AS (hashtextextended(scim_fold(resource->'${enterprise}'->>'employeeNumber'), 0)) STORED,
      ADD email_hashes bigint[] NOT NULL GENERATED ALWAYS AS (scim_email_hashes(resource)) STORED`);
    await queryRunner.query(`CREATE INDEX directory_user_display_name
      ON directory_user (workspace_id, display_name_hash) WHERE display_name_hash IS NOT NULL`);
    await queryRunner.query(`CREATE INDEX directory_user_employee_number
      ON directory_user (workspace_id, employee_number_hash) WHERE employee_number_hash IS NOT NULL`);
    // Without a pending list, which every lookup would have to read through.
    await queryRunner.query(
      `CREATE INDEX directory_user_email ON directory_user USING gin (email_hashes) WITH (fastupdate = off)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE directory_user
      DROP display_name_hash, DROP employee_number_hash, DROP email_hashes`);
    await queryRunner.query('DROP FUNCTION scim_email_hashes(jsonb)');
  }
}
