/** What runs a statement: the data source, or the entity manager of a transaction. */
export interface Queryable {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>;
}
