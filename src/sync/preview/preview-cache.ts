import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { addCounts, type Change, nothingPending, type Origin, type Pending } from '../decision/change.ts';
import { changeIn, type Decision } from '../decision/decision.ts';
import { type GroupTally, tallyGroups } from './preview-groups.ts';
import { countHeldRoles, waitingRoles } from '../record/run-notes.ts';
import { type SeatTally, tallySeats } from './preview-seats.ts';
import type { MemberState, Person } from '../decision/person.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { countByKind } from '../planning/batch-plan.ts';
import { factsOf, type PersonFacts } from './person-facts.ts';
import { isOfThoseWhoWait } from './planned-batches.ts';

/** Limit for all cached plans of this process; the least recently used goes first. */
const cacheMaxBytes = 64 * 1024 * 1024;

/** What an id takes beside a packed step. */
const idSizeBytes = 64;

/** The length of a UUID as text. */
const idLengthChars = 36;

/** Workspaces whose counts are cached, even where the plan itself is too large. */
const countedMax = 1000;

/** The part of a decision that is shown. */
export type ShownDecision = Change & {
  origin: Origin;
  member: Pick<MemberState, 'id' | 'email' | 'displayName'> | null;
  facts: PersonFacts;
};

/** A batch of a plan: the people of the queue after `after` up to `last`, and those planned together with them. */
export interface PlannedStep {
  after: string | null;
  last: string;
  decisions: readonly ShownDecision[];
}

interface PackedStep {
  after: string | null;
  last: string;
  packed: Buffer;
  /** The people in it who are not of the queue between `after` and `last`: companions, or those who wait. */
  others: readonly string[];
}

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A whole plan: its counts, how many people join and leave which groups, and its decisions where there was room. */
export interface CachedPlan {
  version: string;
  counts: Pending;
  groups: GroupTally;
  seats: SeatTally;
  /** How many people are held because of their role alone. */
  heldRoles: number;
  steps: PackedStep[] | null;
  sizeBytes: number;
}

/** Reads a whole plan: counts it and packs its decisions. */
export async function packPlan(
  version: string,
  batches: AsyncIterable<{
    after: string | null;
    last: string;
    people: readonly Person[];
    decisions: readonly Decision[];
  }>,
  properties: readonly Property[],
): Promise<CachedPlan> {
  const counts = nothingPending();
  const groups: GroupTally = new Map();
  const seats: SeatTally = { taking: 0, waiting: 0 };
  let heldRoles = 0;
  const steps: PackedStep[] = [];
  let sizeBytes = 0;
  let packing: Promise<void> = Promise.resolve();
  for await (const { after, last, people, decisions } of batches) {
    addCounts(counts, countByKind(decisions));
    tallyGroups(groups, decisions);
    tallySeats(seats, decisions);
    heldRoles += countHeldRoles(waitingRoles(decisions));
    await packing;
    // Packed by another thread, while this one plans the next batch.
    if (sizeBytes <= cacheMaxBytes)
      packing = add({
        after,
        last,
        text: textOf(shownOf(people, decisions, properties)),
        others: othersIn({ after, last, decisions }),
      });
  }
  await packing;
  const fits = sizeBytes <= cacheMaxBytes;
  return {
    version,
    counts,
    groups,
    seats,
    heldRoles,
    steps: fits ? steps : null,
    sizeBytes: fits ? sizeBytes : 0,
  };

  async function add({ text, ...step }: Omit<PackedStep, 'packed'> & { text: string }) {
    const packed = await pack(text, fastest);
    sizeBytes += packed.byteLength + step.others.length * idSizeBytes;
    if (sizeBytes > cacheMaxBytes) steps.length = 0;
    else steps.push({ ...step, packed });
  }
}

/** The people of a step who do not stand in its part of the queue. */
function othersIn({
  after,
  last,
  decisions,
}: Omit<PlannedStep, 'decisions'> & { decisions: readonly Decision[] }): string[] {
  const isOfQueue = (id: string) => (after === null || id > after) && id <= last && !isOfThoseWhoWait(last);
  return decisions.map(({ directoryUserId }) => directoryUserId).filter((id) => !isOfQueue(id));
}

/** The steps of a cached plan in which one of these people may stand, as they were planned. */
export function stepsAbout(
  steps: readonly PackedStep[],
  ids: readonly string[],
): AsyncGenerator<PlannedStep> {
  const wanted = new Set(ids);
  const holds = ({ after, last, others }: PackedStep) =>
    others.some((id) => wanted.has(id)) ||
    (!isOfThoseWhoWait(last) && ids.some((id) => (after === null || id > after) && id <= last));
  return stepsOf(steps.filter(holds), wanted);
}

/** The steps of a cached plan from a person on, in the order of ids: those before hold nobody who comes after them. */
export function stepsAfter(steps: readonly PackedStep[], after: string | null): AsyncGenerator<PlannedStep> {
  if (after === null) return stepsOf(steps);
  return stepsOf(
    steps.filter(
      ({ last, others }) => isOfThoseWhoWait(last) || last > after || others.some((id) => id > after),
    ),
  );
}

/**
 * The steps of a cached plan, as they were planned.
 *
 * @param only leaves out the decisions about all others
 */
export async function* stepsOf(
  steps: readonly PackedStep[],
  only?: ReadonlySet<string>,
): AsyncGenerator<PlannedStep> {
  for (const { after, last, packed } of steps) {
    const text = (await unpack(packed)).toString();
    yield { after, last, decisions: decisionsIn(text, only) };
  }
}

/** One decision a line, behind the id of the person: who looks for a few people reads the others no further. */
function textOf(decisions: readonly ShownDecision[]): string {
  return decisions.map((one) => one.directoryUserId + JSON.stringify(one)).join('\n');
}

function decisionsIn(text: string, only: ReadonlySet<string> | undefined): ShownDecision[] {
  if (text === '') return [];
  const lines = text.split('\n');
  const wanted = only === undefined ? lines : lines.filter((line) => only.has(line.slice(0, idLengthChars)));
  return wanted.map((line) => JSON.parse(line.slice(idLengthChars)) as ShownDecision);
}

/** What is shown of decisions about these people, in the same order. */
export function shownOf(
  people: readonly Person[],
  decisions: readonly Decision[],
  properties: readonly Property[],
): ShownDecision[] {
  return decisions.map((decision, at) => {
    const { member } = decision;
    const person = people[at];
    if (person?.directoryUserId !== decision.directoryUserId)
      throw new Error('A decision is not about the person in its place');
    const shown = member && { id: member.id, email: member.email, displayName: member.displayName };
    return { ...changeIn(decision), member: shown, facts: factsOf(person, properties) };
  });
}

/** The plans of this process, one per workspace, so that a page of the preview need not plan everything again. */
export class PreviewCache {
  private readonly plans = new LRUCache<string, CachedPlan>({
    max: countedMax,
    maxSize: cacheMaxBytes,
    // A plan that was too large to keep has counts all the same.
    sizeCalculation: ({ sizeBytes }) => Math.max(1, sizeBytes),
  });

  /** The workspace's plan, if it is of this version. */
  get(workspaceId: string, version: string): CachedPlan | null {
    const plan = this.plans.get(workspaceId);
    return plan?.version === version ? plan : null;
  }

  set(workspaceId: string, plan: CachedPlan): void {
    this.plans.set(workspaceId, plan);
  }
}
