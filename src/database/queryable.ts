/**
 * What runs a statement with numbered parameters: a data source, an entity manager, a pool, a pipeline.
 *
 * It is to go. What it answers depends on what is behind it: for an UPDATE or a DELETE, TypeORM answers `[rows, count]`
 * and everything else `rows`. New code takes a `Db`, which always answers `{ rows, count }`.
 */
export interface Queryable {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>;
}
