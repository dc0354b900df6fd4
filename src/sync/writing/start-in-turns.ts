import { loopTurn } from '../../http/bodies/loop-turn.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import { deferRejection } from './defer-rejection.ts';

/**
 * Starts pieces of work one after the other and waits for all of them. Each begins in a turn of the event loop of its own: to
 * make a statement over many people takes a while, in which nobody else is served.
 *
 * @throws what the first of them throws that fails
 */
export async function startInTurns(
  db: StatementPipeline,
  starts: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const started: Promise<unknown>[] = [];
  const endHold = db.hold();
  try {
    for (const start of starts) {
      await loopTurn();
      started.push(deferRejection(start()));
    }
  } finally {
    endHold();
  }
  await Promise.all(started);
}
