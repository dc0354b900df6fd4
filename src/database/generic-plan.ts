import type { Queryable } from './queryable.ts';

/**
 * Has PostgreSQL plan the statements of this transaction for any workspace instead of this one. Of a workspace that is
 * new the statistics say that it has no rows; every index that begins with `workspace_id` then looks equally good, and
 * a lookup by id or address may become a scan of everything the workspace has, growing as it grows.
 */
export async function useGenericPlans(db: Queryable): Promise<void> {
  await db.query('SET LOCAL plan_cache_mode = force_generic_plan');
}
