import type { Db } from '../database/db.ts';
import { type Parameter, parameter, type Sql } from '../database/sql.ts';
import type { EventRange } from './event-range.ts';

/**
 * A statement that reads ranges of events.
 *
 * @param workspace the one that all of them are of; without it, each has its own
 */
export type RangesSelect<Row> = (ranges: readonly EventRange[], workspace?: Parameter) => Sql<Row>;

/**
 * Reads ranges of several workspaces where each workspace has its events on one node of several: a statement for each
 * workspace.
 *
 * @param select its rows say by `ordinal` which of its ranges they are of, from 1, and come in that order
 * @returns the rows in the order of the ranges, with the ordinals of all of them
 */
export async function readByWorkspace<Row extends { ordinal: string }>(
  db: Db,
  ranges: readonly EventRange[],
  select: RangesSelect<Row>,
): Promise<Row[]> {
  const found: Row[][] = ranges.map(() => []);
  for (const [id, places] of Map.groupBy(ranges.keys(), (at) => ranges[at]?.workspaceId ?? '')) {
    const ofWorkspace = places.flatMap((at) => ranges[at] ?? []);
    const { rows } = await db.run(select(ofWorkspace, parameter(id)));
    for (const row of rows) {
      const at = places[Number(row.ordinal) - 1] ?? 0;
      found[at]?.push({ ...row, ordinal: String(at + 1) });
    }
  }
  return found.flat();
}
