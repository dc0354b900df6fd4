import type { Queryable } from '../database/queryable.ts';
import { stepSizePeople } from './carry-out-steps.ts';
import type { Decision } from './decide.ts';
import { loadPeople } from './load-people.ts';
import { readWaitingFor } from './pending-references.ts';
import type { Person } from './person.ts';
import { newPlan, planBatch } from './plan.ts';
import { loadWithCompanions } from './prepare-people.ts';
import type { RemovalBudget } from './removal-guard.ts';
import type { Rulebook } from './rulebook.ts';
import { type Arrived, readQueue, readReportsOf } from './sync-queue.ts';
import { newlyLinked } from './write-decisions.ts';

/** People of the queue after `after`, up to and with `last`, who are decided about together. */
export interface PlannedBatch {
  after: string | null;
  last: string;
  people: Person[];
  decisions: Decision[];
}

/** Not before any id. */
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * What a run started now would decide, batch by batch, in the same batches as a run; nothing is written, so the plan
 * remembers what earlier batches will have done. At the end stand those who wait for one of the new members.
 */
export async function* plannedBatches(
  db: Queryable,
  book: Rulebook,
  budget: RemovalBudget,
  now: Date,
): AsyncGenerator<PlannedBatch> {
  const workspaceId = book.workspace.id;
  const plan = newPlan(budget);
  const handled = new Set<string>();
  const changed = new Set<string>();
  const arrived: Arrived[] = [];
  let after: string | null = null;
  for (;;) {
    const entries = await readQueue(db, workspaceId, after, now, stepSizePeople);
    const last = entries.at(-1);
    if (last === undefined) break;
    const range: { after: string | null; last: string } = { after, last: last.directoryUserId };
    const wasPlanned = (id: string) => handled.has(id) || (range.after !== null && id <= range.after);
    after = last.directoryUserId;
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
    const decisions = planBatch(loaded, book, plan, now);
    const before = new Map(loaded.people.map((person) => [person.directoryUserId, person]));
    arrived.push(...newlyLinked(decisions, before));
    for (const { kind, directoryUserId } of decisions) if (kind !== 'nothing') changed.add(directoryUserId);
    yield { ...range, people: loaded.people, decisions };
  }
  const named = new Set([
    ...(await readReportsOf(db, workspaceId, arrived)),
    ...(await readWaitingFor(db, workspaceId, arrived)),
  ]);
  const waiting = [...named].filter((id) => !changed.has(id));
  if (waiting.length === 0) return;
  const loaded = await loadPeople(db, workspaceId, waiting, book, { lock: false, now });
  yield { after, last: lastId, people: loaded.people, decisions: planBatch(loaded, book, plan, now) };
}

/** What is to be said about one person who is not queued: a run leaves him as he is, and this is why. */
export async function decideAlone(
  db: Queryable,
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
