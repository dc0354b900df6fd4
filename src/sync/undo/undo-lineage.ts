import type { Db } from '../../database/db.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { RunTrigger } from '../record/run-states.ts';

/**
 * What an undo run is about: the run that it undoes, and so on back to the one that is not an undo. Undoing an undo
 * restores what it had undone, so the runs of a lineage alternate between undone and done.
 *
 * @property ancestors the undone run first
 * @property rootTrigger what started the run that is not an undo
 * @property descendants everything that was ever asked for to undo the undone run, or the undoing of it
 */
export interface Lineage {
  ancestors: string[];
  rootTrigger: RunTrigger;
  descendants: string[];
}

/** Reads what the undo run of `undone` is about. */
export async function readLineage(db: Db, workspaceId: string, undone: string): Promise<Lineage> {
  const workspace = parameter(workspaceId);
  const run = parameter(undone);
  const { rows } = await db.run(sql<Lineage>`WITH RECURSIVE up AS (
       SELECT id, undoes_run_id, trigger, 1 AS depth FROM sync_run WHERE workspace_id = ${workspace}
         AND id = ${run}
       UNION ALL
       SELECT r.id, r.undoes_run_id, r.trigger, up.depth + 1 FROM up
       JOIN sync_run r ON r.workspace_id = ${workspace} AND r.id = up.undoes_run_id
     ), down AS (
       SELECT id FROM sync_run WHERE workspace_id = ${workspace} AND undoes_run_id = ${run}
       UNION
       SELECT r.id FROM down JOIN sync_run r ON r.workspace_id = ${workspace} AND r.undoes_run_id = down.id
     )
     SELECT ARRAY(SELECT id FROM up ORDER BY depth) AS ancestors,
       (SELECT trigger FROM up ORDER BY depth DESC LIMIT 1) AS "rootTrigger", ARRAY(SELECT id
         FROM down) AS descendants`);
  const [row] = rows;
  if (row === undefined) throw new Error('A statement without FROM gives one row');
  return row;
}

/** Whether an undo run restores what another one undid, instead of undoing something itself. */
export function bringsBack({ ancestors }: Lineage): boolean {
  return ancestors.length % 2 === 0;
}

/** The bringing back of everybody that an undo run restores; null where it restores something else, or nothing. */
export function broughtBackBy(lineage: Lineage): string | null {
  if (lineage.rootTrigger !== 'bring_back' || !bringsBack(lineage)) return null;
  return lineage.ancestors.at(-1) ?? null;
}

/** The runs of the lineage whose changes are undone by the undo run, and those whose changes hold again. */
export function sidesOf({ ancestors }: Lineage): { undone: string[]; again: string[] } {
  const isUndone = (at: number) => at % 2 === 0;
  return {
    undone: ancestors.filter((_, at) => isUndone(at)),
    again: ancestors.filter((_, at) => !isUndone(at)),
  };
}
