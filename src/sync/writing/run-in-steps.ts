import type { EntityManager } from 'typeorm';
import { type StatementPipeline, inPipeline } from '../../database/statement-pipeline.ts';
import { extraUnitsOf } from '../../attribute-mapping/mapping/mapping-pace.ts';
import { loopTurn } from '../../http/bodies/loop-turn.ts';
import { deferRejection } from './defer-rejection.ts';
import { addCounts, nothingPending, type Pending } from '../decision/change.ts';
import { costlyRulesOf, addNotes, type RunNotes, waitingRoles } from '../record/run-notes.ts';
import { giveWay } from './give-way.ts';
import { LazyRemovalBudget, unlimited } from './lazy-removal-budget.ts';
import { planPeople } from '../planning/batch-plan.ts';
import { newPlan } from '../planning/plan.ts';
import { newRoleLedger } from '../planning/role-ledger.ts';
import { preparePeople } from './prepare-people.ts';
import type { FreeSeats } from '../decision/seats.ts';
import type { Refusals } from '../decision/refusals.ts';
import type { SpendingRun } from '../policy/removal-guard.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import type { QueueEntry } from '../planning/claim-people.ts';
import { applyPlan } from './apply-plan.ts';
import type { WriteContext } from './write-context.ts';

/**
 * People who are loaded, planned and written in one go, by a run and by the preview: few enough that the process serves
 * other requests in between.
 */
export const stepSizePeople = 200;

/**
 * Extra work after which a transaction ends although more people are claimed, in units of mapping (about ten
 * nanoseconds): nobody's rows stay locked for minutes because of costly rules.
 */
const batchExtraMaxUnits = 100_000_000;

/** The size of their resources as JSON; as objects they take several times as much memory. */
export const stepSizeMaxBytes = 4 * 1024 * 1024;

/** What was done about claimed people and those planned together with them. */
export interface StepsResult {
  people: number;
  counts: Pending;
  notes: RunNotes;
  /** The last of the claimed people that it reached; the rest are still queued. */
  last: string;
}

/** How claimed people are run through. */
export interface StepsOptions {
  /** Whether there are members and links by now, so that PostgreSQL may keep its plans for looking them up. */
  keepPlans: boolean;
  refusals: Refusals;
  /** The run as it spends the removal budget, over all its transactions. */
  spending: SpendingRun;
  /** The seats that nobody else takes until the transaction ends; null: as many as are needed. */
  seats: FreeSeats | null;
  /** Whether an admin started it, who could see what happens. */
  isReviewed: boolean;
  /** Called with everybody who is decided about, including those planned together with claimed people. */
  onPeople: (ids: readonly string[]) => void;
}

/**
 * Plans and applies claimed people step by step in one transaction. While PostgreSQL writes one step, this process plans
 * the next, which was read before: as in the preview, the plan remembers what earlier steps do. While many requests come in,
 * it rests after each step; the steps stay as they are, since the preview has the same.
 */
export function runInSteps(
  transaction: EntityManager,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  policy: SyncPolicy,
  options: StepsOptions,
): Promise<StepsResult> {
  return inPipeline(transaction, (db) => runInTurn(db, context, claimed, policy, options), options);
}

async function runInTurn(
  db: StatementPipeline,
  context: WriteContext,
  claimed: readonly QueueEntry[],
  policy: SyncPolicy,
  { refusals, spending, seats, isReviewed, onPeople }: StepsOptions,
): Promise<StepsResult> {
  const handled = new Set(refusals.leftOut);
  const done: StepsResult = { people: 0, counts: nothingPending(), notes: [], last: '' };
  const memory = newPlan(unlimited, refusals.byPerson, seats, newRoleLedger(policy, isReviewed));
  let extraUnits = 0;
  const budget = new LazyRemovalBudget(db, context, policy, spending);
  const steps = stepsOf(claimed);
  const prepare = (step: number) => {
    return deferRejection(preparePeople(db, context, steps[step] ?? [], policy, handled));
  };
  let preparing = prepare(0);
  let writing: Promise<unknown> = Promise.resolve();
  for (let step = 0; step < steps.length; step += 1) {
    const begunMs = performance.now();
    const { loaded, entries } = await preparing;
    done.last = steps[step]?.at(-1)?.directoryUserId ?? done.last;
    done.notes = addNotes(done.notes, costlyRulesOf(loaded.people));
    onPeople(loaded.people.map(({ directoryUserId }) => directoryUserId));
    for (const { mapped } of loaded.people) if (mapped !== null) extraUnits += extraUnitsOf(mapped);
    const isLast = extraUnits > batchExtraMaxUnits;
    preparing = prepare(isLast ? steps.length : step + 1);
    // Earlier steps count against the budget, so they must be written before it is read.
    if (budget.isNeededBy(loaded, memory)) await writing.then(() => budget.readInto(memory));
    await loopTurn();
    const plan = planPeople(loaded, policy, memory, context.now, entries);
    done.notes = addNotes(done.notes, waitingRoles(plan.decisions));
    await writing;
    writing = deferRejection(
      applyPlan(db, context, plan).then((counts) => {
        addCounts(done.counts, counts);
        done.people += entries.length;
      }),
    );
    if (isLast) break;
    if (step + 1 < steps.length) await giveWay(performance.now() - begunMs);
  }
  await writing;
  await preparing;
  return done;
}

/** Claimed people in steps, each limited in people and in the size of their JSON. */
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
