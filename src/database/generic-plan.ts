import type { EntityManager } from 'typeorm';
import { dbOf } from './db-of.ts';
import { sql } from './sql.ts';

/**
 * Makes PostgreSQL plan the statements of this transaction for any parameters (`plan_cache_mode`), not for these. For a
 * new workspace, the statistics report zero rows. Every index that begins with `workspace_id` then looks equally good, and
 * a lookup by id or address may become a scan of the whole workspace, which takes longer as the workspace grows. Citus
 * cannot plan for any parameters, and its nodes plan for given values, so there it is left out.
 */
export async function useGenericPlans(transaction: EntityManager): Promise<void> {
  await dbOf(transaction).run(sql`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)
    WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')`);
}
