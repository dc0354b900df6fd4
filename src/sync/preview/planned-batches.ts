import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import type { Db } from '../../database/db.ts';
import { type Sql, sql } from '../../database/sql.ts';
import { deferRejection } from '../writing/defer-rejection.ts';
import { stepSizeMaxBytes, stepSizePeople } from '../writing/run-in-steps.ts';
import type { Decision } from '../decision/decide.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import { readWaitingFor } from '../writing/pending-references.ts';
import type { Person } from '../decision/person.ts';
import type { RoleLedger } from '../decision/roles.ts';
import type { FreeSeats } from '../decision/seats.ts';
import type { Reason } from '../decision/reason.ts';
import { reasonOf, withheldKind } from '../wording/shown-reason.ts';
import { newPlan } from '../planning/plan.ts';
import { loadWithCompanions } from '../writing/prepare-people.ts';
import type { RemovalBudget } from '../policy/removal-guard.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { readQueue } from '../planning/claim-people.ts';
import { readReportsOf } from '../planning/queue-consequences.ts';
import { isFirstRun } from '../writing/first-run.ts';
import { type BatchPlan, byDirectoryUser, newlyLinked, planPeople } from '../planning/batch-plan.ts';

/** People of the queue after `after`, up to and with `last`, who are planned together. */
export interface PlannedBatch extends Pick<BatchPlan, 'people' | 'decisions'> {
  after: string | null;
  last: string;
}

/** What a plan may spend: removals, seats (null: as many as are needed) and roles (null: they are left alone). */
export interface PlanLimits {
  budget: RemovalBudget;
  seats: FreeSeats | null;
  roles: RoleLedger | null;
}

/** A batch that is not planned yet. */
interface ReadBatch {
  after: string | null;
  last: string;
  loaded: LoadedPeople;
}

/** After every id. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Whether a batch that ends like this is about people who wait for a new member, instead of the queue. */
export function isOfThoseWhoWait(last: string): boolean {
  return last === lastId;
}

/**
 * What a run started now would decide, in the same batches as a run. Nothing is written, so the plan remembers what
 * earlier batches will have done. Last come the people who wait for one of the new members.
 *
 * @param chosen the people of a run of chosen people; null: everybody
 */
export async function* plannedBatches(
  db: StatementPipeline,
  policy: SyncPolicy,
  { budget, seats, roles }: PlanLimits,
  now: Date,
  chosen: Sql<{ id: string }> | null = null,
): AsyncGenerator<PlannedBatch> {
  const workspaceId = policy.workspace.id;
  const memory = newPlan(budget, new Map(), seats, roles?.copy());
  const handled = new Set<string>();
  const waiting = (await isFirstRun(db, workspaceId)) ? null : new Waiting(db, workspaceId);
  const read = async (after: string | null): Promise<ReadBatch | null> => {
    const most = { people: stepSizePeople, bytes: stepSizeMaxBytes };
    const entries = await readQueue(db, workspaceId, after, now, most, chosen);
    const last = entries.at(-1)?.directoryUserId;
    if (last === undefined) return null;
    const wasPlanned = (id: string) => handled.has(id) || (after !== null && id <= after);
    const ids = entries.map(({ directoryUserId }) => directoryUserId).filter((id) => !handled.has(id));
    const taken = new Set(ids);
    const loaded = await loadWithCompanions(db, ids, policy, { lock: false, now }, async (wanted) => {
      const free = wanted.filter((id) => !taken.has(id) && !wasPlanned(id));
      const companions = await thoseOf(db, chosen, free);
      for (const id of companions) {
        taken.add(id);
        handled.add(id);
      }
      return companions;
    });
    return { after, last, loaded };
  };
  let after: string | null = null;
  let reading = read(after);
  for (let batch = await reading; batch !== null; batch = await reading) {
    after = batch.last;
    // While this one is planned, PostgreSQL reads the next.
    reading = deferRejection(read(after));
    const { people, decisions } = planPeople(batch.loaded, policy, memory, now);
    await waiting?.note(people, decisions);
    yield { after: batch.after, last: batch.last, people, decisions };
  }
  if (waiting === null || waiting.ids.size === 0) return;
  const left = await thoseOf(db, chosen, [...waiting.ids].sort());
  for (let from = 0; from < left.length; from += stepSizePeople) {
    const ids = left.slice(from, from + stepSizePeople);
    const loaded = await loadPeople(db, workspaceId, ids, policy, { lock: false, now });
    yield { after, last: lastId, ...planPeople(loaded, policy, memory, now) };
  }
}

/** Of these people those who are chosen, in the same order. */
async function thoseOf(db: Db, chosen: Sql<{ id: string }> | null, ids: string[]): Promise<string[]> {
  if (chosen === null || ids.length === 0) return ids;
  const { rows } = await db.run(
    sql<{ id: string }>`SELECT id FROM (${chosen}) chosen WHERE id = ANY (${ids}::uuid[])`,
  );
  const among = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => among.has(id));
}

/** People who refer to one of the new members of a plan and have not been decided about since. */
class Waiting {
  readonly ids = new Set<string>();
  /** People whose change waits for somebody: a run fills it in at its end. */
  private readonly filledInLater = new Set<string>();
  private readonly db: Db;
  private readonly workspaceId: string;

  constructor(db: Db, workspaceId: string) {
    this.db = db;
    this.workspaceId = workspaceId;
  }

  /** Takes note of the decisions about a batch. */
  async note(people: readonly Person[], decisions: readonly Decision[]): Promise<void> {
    const arrived = newlyLinked(decisions, byDirectoryUser(people));
    const named = [
      ...(await readReportsOf(this.db, this.workspaceId, arrived)),
      ...(await readWaitingFor(this.db, this.workspaceId, arrived)),
    ];
    for (const id of named) if (!this.filledInLater.has(id)) this.ids.add(id);
    for (const { directoryUserId, kind, waitsFor } of decisions) {
      this.ids.delete(directoryUserId);
      if (kind !== 'nothing' && waitsFor !== null) this.filledInLater.add(directoryUserId);
    }
  }
}

/** Nothing is done to the person. */
const idle = { fields: [], waitsFor: null, groups: null };

/** What to say about people who are not queued: a run leaves them as they are, and this is why. In the order of ids. */
export async function decideAlone(
  db: StatementPipeline,
  policy: SyncPolicy,
  { budget, seats, roles }: PlanLimits,
  directoryUserIds: readonly string[],
  now: Date,
): Promise<{ person: Person; decision: Decision }[]> {
  const loaded = await loadPeople(db, policy.workspace.id, directoryUserIds, policy, { lock: false, now });
  const { people, decisions } = planPeople(
    loaded,
    policy,
    newPlan(budget, new Map(), seats, roles?.copy()),
    now,
  );
  const decisionOf = new Map(decisions.map((decision) => [decision.directoryUserId, decision]));
  return people.map((person) => {
    const decision = decisionOf.get(person.directoryUserId);
    if (decision === undefined) throw new Error('A person who was asked for was not decided about');
    return { person, decision: unqueued(person, decision) };
  });
}

function unqueued({ link, member }: Person, decision: Decision): Decision {
  if (link !== null && link.state !== 'linked') {
    const { basedOn, memberId } = link;
    return {
      ...decision,
      ...idle,
      kind: withheldKind(link.state),
      basedOn,
      memberId,
      reason: reasonOf(link),
    };
  }
  if (decision.kind === 'nothing') return decision;
  const reason: Reason = { code: 'not-queued', params: {} };
  return { ...decision, ...idle, kind: 'nothing', memberId: member?.id ?? null, reason };
}
