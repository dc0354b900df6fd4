import type { Sql } from './sql.ts';

/** What a statement answered. */
export interface Answer<Row> {
  rows: Row[];
  /** How many rows the statement returned or wrote. */
  count: number;
}

/**
 * What runs statements: the pool (`StatementPool`), a transaction (`dbOf`), the pipeline of a transaction
 * (`StatementPipeline`), or quick reads (`QuickReads.of`). All of them answer in the same shape, whatever the statement,
 * and throw what pg throws.
 */
export interface Db {
  run<Row>(statement: Sql<Row>): Promise<Answer<Row>>;
}

/** What the driver answers, as far as an {@link Answer} is made from it. */
export interface DriverResult {
  rows: unknown[];
  rowCount: number | null;
}

/** The answer in a result of the driver. */
export function answerOf<Row>({ rows, rowCount }: DriverResult): Answer<Row> {
  return { rows: rows as Row[], count: rowCount ?? 0 };
}
