import type { EntityManager } from 'typeorm';
import { type StatementsInTurn, statementsInTurn } from '../../database/in-turn.ts';
import { extraUnitsOf } from '../../attribute-mapping/mapping/mapping-pace.ts';
import { awaitedLater } from './awaited-later.ts';
import { addCounts, nothingPending, type Pending } from '../decision/change.ts';
import { costlyRulesOf, addNotes, type RunNotes } from '../record/run-notes.ts';
import { LateBudget, unlimited } from './late-budget.ts';
import { newPlan, planBatch } from '../planning/plan.ts';
import { preparePeople } from './prepare-people.ts';
import type { Refusals } from '../decision/refusals.ts';
import type { Rulebook } from '../policy/rulebook.ts';
import type { QueueEntry } from '../planning/claim-people.ts';
import { type WriteContext, writeDecisions } from './write-decisions.ts';

/**
 * People who are loaded, decided about and written in one go, by a run and by the preview: few enough that other
 * requests find the process free in between.
 */
export const stepSizePeople = 250;

/**
 * Work beyond the ordinary after which a transaction ends although more people are claimed, in units of mapping (about
 * ten nanoseconds): nobody's rows stay locked for minutes because of costly rules.
 */
const batchExtraMaxUnits = 100_000_000;

/** Their resources as JSON, which become objects that take several times as much. */
export const stepSizeMaxBytes = 4 * 1024 * 1024;

/** What was done about claimed people, those who came along included. */
export interface CarriedOut {
  people: number;
  counts: Pending;
  notes: RunNotes;
  /** The last of the claimed whom it came to; those behind are still queued. */
  last: string;
}

/** How a batch is carried out. */
export interface CarryOutOptions {
  /** Whether there are members and links by now, so that plans to look them up may be kept. */
  keepPlans: boolean;
  refusals: Refusals;
  /** Is told of everybody who is decided about, also who came along. */
  onPeople: (ids: readonly string[]) => void;
}

/**
 * Carries out what is decided about claimed people, step by step in one transaction. While PostgreSQL writes one step
 * this process decides about the next, which was read before: as in the preview, the plan remembers what the steps
 * before have done.
 */
export function carryOutSteps(
  transaction: EntityManager,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  book: Rulebook,
  options: CarryOutOptions,
): Promise<CarriedOut> {
  return statementsInTurn(transaction, (db) => carryOutInTurn(db, context, claimed, book, options), options);
}

async function carryOutInTurn(
  db: StatementsInTurn,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  book: Rulebook,
  { refusals, onPeople }: CarryOutOptions,
): Promise<CarriedOut> {
  const handled = new Set(refusals.leftOut);
  const done: CarriedOut = { people: 0, counts: nothingPending(), notes: [], last: '' };
  const plan = newPlan(unlimited, refusals.byPerson);
  let extraUnits = 0;
  const budget = new LateBudget(db, context, book);
  const steps = stepsOf(claimed);
  const prepare = (step: number) => {
    return awaitedLater(preparePeople(db, context, steps[step] ?? [], book, handled));
  };
  let preparing = prepare(0);
  let writing: Promise<unknown> = Promise.resolve();
  for (let step = 0; step < steps.length; step += 1) {
    const { loaded, entries } = await preparing;
    done.last = steps[step]?.at(-1)?.directoryUserId ?? done.last;
    done.notes = addNotes(done.notes, costlyRulesOf(loaded.people));
    onPeople(loaded.people.map(({ directoryUserId }) => directoryUserId));
    for (const { mapped } of loaded.people) if (mapped !== null) extraUnits += extraUnitsOf(mapped);
    const isLast = extraUnits > batchExtraMaxUnits;
    preparing = prepare(isLast ? steps.length : step + 1);
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
    if (isLast) break;
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
