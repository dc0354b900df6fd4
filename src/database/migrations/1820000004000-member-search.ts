import type { MigrationInterface, QueryRunner } from 'typeorm';

const names = ['first_name', 'last_name', 'display_name'] as const;

/**
 * A search of members goes by an index: of trigrams, which finds any part of a name or an address, where PostgreSQL has
 * `pg_trgm` and lets this role use it; else of beginnings. `pg_trgm` is a trusted extension: the owner of the database may
 * install it. What arrives is merged into the index a few thousand members at a time.
 */
export class MemberSearch1820000004000 implements MigrationInterface {
  name = 'MemberSearch1820000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const [{ schema }] = (await queryRunner.query('SELECT quote_ident(current_schema()) AS schema')) as [
      { schema: string },
    ];
    // Not of the language sql: that would be put in place of its call, and the planner would not know what it costs.
    // What builds an index or gathers statistics looks for functions in no schema by itself.
    await queryRunner.query(
      `CREATE FUNCTION member_search_text(email_key text, display_name text, first_name text, last_name text)
       RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 200 AS $fn$
       BEGIN
         RETURN email_key || ' ' || ${schema}.scim_fold(
           coalesce(display_name, '') || ' ' || coalesce(first_name, '') || ' ' || coalesce(last_name, ''));
       END $fn$`,
    );
    await queryRunner.query(
      `DO $do$ BEGIN
         CREATE EXTENSION IF NOT EXISTS pg_trgm;
       EXCEPTION WHEN OTHERS THEN
         RAISE NOTICE 'pg_trgm: %', SQLERRM;
       END $do$`,
    );
    const [trigrams] = (await queryRunner.query(
      `SELECT quote_ident(n.nspname) AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
       WHERE e.extname = 'pg_trgm'`,
    )) as { schema: string }[];
    if (trigrams === undefined) await indexBeginnings((sql) => queryRunner.query(sql));
    else {
      await queryRunner.query(
        `CREATE INDEX member_search ON member USING gin (
           member_search_text(email_key, display_name, first_name, last_name) ${trigrams.schema}.gin_trgm_ops)
         WITH (gin_pending_list_limit = 16384)`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX IF EXISTS member_search');
    for (const name of names) await queryRunner.query(`DROP INDEX IF EXISTS member_${name}`);
    await queryRunner.query('DROP FUNCTION member_search_text(text, text, text, text)');
    // Unless somebody else installed it, or needs it.
    await queryRunner.query(
      `DO $do$ BEGIN
         DROP EXTENSION IF EXISTS pg_trgm;
       EXCEPTION WHEN OTHERS THEN
         RAISE NOTICE 'pg_trgm: %', SQLERRM;
       END $do$`,
    );
  }
}

/** Indexes of the beginnings of names; those of addresses the unique index finds. */
export async function indexBeginnings(query: (sql: string) => Promise<unknown>): Promise<void> {
  for (const name of names) {
    await query(
      `CREATE INDEX member_${name} ON member (workspace_id, (scim_fold(${name}) COLLATE "C")) WHERE ${name} IS NOT NULL`,
    );
  }
}
