import type { StatementsInTurn } from '../../database/in-turn.ts';
import type { Queryable } from '../../database/queryable.ts';
import { awaitedLater } from '../writing/awaited-later.ts';
import { stepSizeMaxBytes, stepSizePeople } from '../writing/carry-out-steps.ts';
import type { Decision } from '../decision/decide.ts';
import { type LoadedPeople, loadPeople } from '../planning/load-people.ts';
import { readWaitingFor } from '../writing/pending-references.ts';
import type { Person } from '../decision/person.ts';
import { newPlan, planBatch } from '../planning/plan.ts';
import { loadWithCompanions } from '../writing/prepare-people.ts';
import type { RemovalBudget } from '../policy/removal-guard.ts';
import type { Rulebook } from '../policy/rulebook.ts';
import { readQueue } from '../planning/claim-people.ts';
import { readReportsOf } from '../planning/queue-consequences.ts';
import { isFirstRun } from '../writing/first-run.ts';
import { byDirectoryUser, newlyLinked } from '../writing/write-decisions.ts';

/** People of the queue after `after`, up to and with `last`, who are decided about together. */
export interface PlannedBatch {
  after: string | null;
  last: string;
  people: Person[];
  decisions: Decision[];
}

/** A batch that is not decided about yet. */
interface ReadBatch {
  after: string | null;
  last: string;
  loaded: LoadedPeople;
}

/** Not before any id. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Whether a batch that ends so is not of the queue, but of those who wait for one of the new members. */
export function isOfThoseWhoWait(last: string): boolean {
  return last === lastId;
}

/**
 * What a run started now would decide, batch by batch, in the same batches as a run; nothing is written, so the plan
 * remembers what earlier batches will have done. At the end stand those who wait for one of the new members.
 */
export async function* plannedBatches(
  db: StatementsInTurn,
  book: Rulebook,
  budget: RemovalBudget,
  now: Date,
): AsyncGenerator<PlannedBatch> {
  const workspaceId = book.workspace.id;
  const plan = newPlan(budget);
  const handled = new Set<string>();
  const waiting = (await isFirstRun(db, workspaceId)) ? null : new Waiting(db, workspaceId);
  const read = async (after: string | null): Promise<ReadBatch | null> => {
    const entries = await readQueue(db, workspaceId, after, now, {
      people: stepSizePeople,
      bytes: stepSizeMaxBytes,
    });
    const last = entries.at(-1)?.directoryUserId;
    if (last === undefined) return null;
    const wasPlanned = (id: string) => handled.has(id) || (after !== null && id <= after);
    const ids = entries.map(({ directoryUserId }) => directoryUserId).filter((id) => !handled.has(id));
    const taken = new Set(ids);
    const loaded = await loadWithCompanions(db, ids, book, { lock: false, now }, (wanted) => {
      const companions = wanted.filter((id) => !taken.has(id) && !wasPlanned(id));
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
    // While this one is decided about, PostgreSQL works on the next.
    reading = awaitedLater(read(after));
    const { people } = batch.loaded;
    const decisions = planBatch(batch.loaded, book, plan, now);
    await waiting?.note(people, decisions);
    yield { after: batch.after, last: batch.last, people, decisions };
  }
  if (waiting === null || waiting.ids.size === 0) return;
  const left = [...waiting.ids].sort();
  for (let from = 0; from < left.length; from += stepSizePeople) {
    const ids = left.slice(from, from + stepSizePeople);
    const loaded = await loadPeople(db, workspaceId, ids, book, { lock: false, now });
    yield { after, last: lastId, people: loaded.people, decisions: planBatch(loaded, book, plan, now) };
  }
}

/** Who names one of the new members of a plan and has not been decided about since. */
class Waiting {
  readonly ids = new Set<string>();
  /** People whose change says for whom it waits: a run fills it in at its end. */
  private readonly filledInLater = new Set<string>();
  private readonly db: Queryable;
  private readonly workspaceId: string;

  constructor(db: Queryable, workspaceId: string) {
    this.db = db;
    this.workspaceId = workspaceId;
  }

  /** Takes the decisions about a batch in. */
  async note(people: readonly Person[], decisions: readonly Decision[]): Promise<void> {
    const arrived = newlyLinked(decisions, byDirectoryUser(people));
    const named = [
      ...(await readReportsOf(this.db, this.workspaceId, arrived)),
      ...(await readWaitingFor(this.db, this.workspaceId, arrived)),
    ];
    for (const id of named) if (!this.filledInLater.has(id)) this.ids.add(id);
    for (const { directoryUserId, kind, reason } of decisions) {
      this.ids.delete(directoryUserId);
      const { managerPending, referencesPending } = reason.params;
      const waits = managerPending !== undefined || referencesPending !== undefined;
      if (kind !== 'nothing' && waits) this.filledInLater.add(directoryUserId);
    }
  }
}

/** What is to be said about one person who is not queued: a run leaves him as he is, and this is why. */
export async function decideAlone(
  db: StatementsInTurn,
  book: Rulebook,
  budget: RemovalBudget,
  directoryUserId: string,
  now: Date,
): Promise<{ person: Person; decision: Decision }> {
  const loaded = await loadPeople(db, book.workspace.id, [directoryUserId], book, { lock: false, now });
  const [decision] = planBatch(loaded, book, newPlan(budget), now);
  const [person] = loaded.people;
  if (person === undefined || decision === undefined)
    throw new Error('A person who was asked for was not loaded');
  const { link } = person;
  if (link !== null && link.state !== 'linked') {
    const reason = link.reason ?? { code: link.state, params: {} };
    return {
      person,
      decision: { ...decision, kind: link.state, reason, fields: [], memberId: link.memberId },
    };
  }
  if (decision.kind === 'nothing') return { person, decision };
  const reason = { code: 'not-queued', params: {} };
  return {
    person,
    decision: { ...decision, kind: 'nothing', fields: [], reason, memberId: person.member?.id ?? null },
  };
}
