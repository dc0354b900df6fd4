import type { EntityManager } from 'typeorm';
import { type StatementsInTurn, statementsInTurn } from '../database/in-turn.ts';
import { awaitedLater } from './awaited-later.ts';
import { addCounts, nothingPending, type Pending } from './change.ts';
import { LateBudget, unlimited } from './late-budget.ts';
import { newPlan, planBatch } from './plan.ts';
import { preparePeople } from './prepare-people.ts';
import type { Rulebook } from './rulebook.ts';
import type { QueueEntry } from './sync-queue.ts';
import { type WriteContext, writeDecisions } from './write-decisions.ts';

/**
 * People who are loaded, decided about and written in one go, by a run and by the preview: few enough that other
 * requests find the process free in between.
 */
export const stepSizePeople = 250;

/** Their resources as JSON, which become objects that take several times as much. */
export const stepSizeMaxBytes = 4 * 1024 * 1024;

/** What was done about claimed people, those who came along included. */
export interface CarriedOut {
  people: number;
  counts: Pending;
}

/**
 * Carries out what is decided about claimed people, step by step in one transaction. While PostgreSQL writes one step
 * this process decides about the next, which was read before: as in the preview, the plan remembers what the steps
 * before have done.
 *
 * @param options `keepPlans`: whether there are members and links by now, so that plans to look them up may be kept
 */
export function carryOutSteps(
  transaction: EntityManager,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  book: Rulebook,
  options: { keepPlans: boolean },
): Promise<CarriedOut> {
  return statementsInTurn(transaction, (db) => carryOutInTurn(db, context, claimed, book), options);
}

async function carryOutInTurn(
  db: StatementsInTurn,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  book: Rulebook,
): Promise<CarriedOut> {
  const handled = new Set<string>();
  const done: CarriedOut = { people: 0, counts: nothingPending() };
  const plan = newPlan(unlimited);
  const budget = new LateBudget(db, context, book);
  const steps = stepsOf(claimed);
  const prepare = (step: number) => {
    return awaitedLater(preparePeople(db, context, steps[step] ?? [], book, handled));
  };
  let preparing = prepare(0);
  let writing: Promise<unknown> = Promise.resolve();
  for (let step = 0; step < steps.length; step += 1) {
    const { loaded, entries } = await preparing;
    preparing = prepare(step + 1);
    // What is written counts against the budget, so all of it must be written before the budget is read.
    if (budget.isNeededBy(loaded)) await writing.then(() => budget.readInto(plan));
    const decisions = planBatch(loaded, book, plan, context.now);
    await writing;
    writing = awaitedLater(
      writeDecisions(db, context, loaded.people, decisions, entries).then((counts) => {
        addCounts(done.counts, counts);
        done.people += entries.length;
      }),
    );
  }
  await writing;
  await preparing;
  return done;
}

/** Claimed people in steps: in each at most so many, and no more of their JSON than may be in memory. */
function stepsOf(claimed: readonly QueueEntry[]): QueueEntry[][] {
  const steps: QueueEntry[][] = [];
  let step: QueueEntry[] = [];
  let bytes = 0;
  for (const entry of claimed) {
    bytes += entry.sizeBytes;
    if (step.length === stepSizePeople || (step.length > 0 && bytes > stepSizeMaxBytes)) {
      steps.push(step);
      step = [];
      bytes = entry.sizeBytes;
    }
    step.push(entry);
  }
  return step.length === 0 ? steps : [...steps, step];
}
