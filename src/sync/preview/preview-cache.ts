import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { addCounts, type Change, nothingPending, type Origin, type Pending } from '../decision/change.ts';
import { changeIn, type Decision } from '../decision/decision.ts';
import { type GroupTally, tallyGroups } from './preview-groups.ts';
import { countHeldRoles, countRolesBeside, waitingRoles } from '../record/run-notes.ts';
import { type SeatTally, tallySeats } from './preview-seats.ts';
import type { MemberState, Person } from '../decision/person.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { countByKind } from '../planning/batch-plan.ts';
import { firstPlace } from './first-place.ts';
import { factsOf, type PersonFacts } from './person-facts.ts';
import { type Outline, outlinesIn, outlineText } from './preview-outline.ts';
import { isOfThoseWhoWait } from './planned-batches.ts';

/** Limit for all cached plans of this process; the least recently used goes first. */
const plansMaxBytes = 64 * 1024 * 1024;

/** How many decisions are packed together: a page of a sorted list takes one of each of many places. */
const blockSizeDecisions = 25;

/** What a block takes beside what is packed in it. */
const blockSizeBytes = 250;

/** The length of a UUID as text. */
const idLengthChars = 36;

/** Workspaces whose counts are cached, even where the plan itself is too large. */
const countedMax = 1000;

/** What of a member is needed to name them. */
type NamedMember = Pick<MemberState, 'id' | 'email' | 'displayName' | 'firstName' | 'lastName'>;

/** The part of a decision that is shown. */
export type ShownDecision = Change & {
  origin: Origin;
  member: NamedMember | null;
  facts: PersonFacts;
};

/** A batch of a plan: the people of the queue after `after` up to `last`, and those planned together with them. */
export interface PlannedStep {
  after: string | null;
  last: string;
  decisions: readonly ShownDecision[];
}

/** Decisions about people whose ids are within `from` and `to`. */
interface Block {
  from: string;
  to: string;
  packed: Buffer;
}

/** A batch of a plan as it is kept. */
export interface PackedStep {
  after: string | null;
  last: string;
  /** In the order of their ids. */
  blocks: readonly Block[];
  /** What its changes are found and sorted by. */
  outlines: Buffer;
}

const compress = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Packs a text. What `zlib` answers with is a part of a buffer of 64 kB, all of which would be kept with it. */
async function pack(text: string): Promise<Buffer> {
  const packed = await compress(text, fastest);
  const own = Buffer.allocUnsafeSlow(packed.byteLength);
  packed.copy(own);
  return own;
}

/** A whole plan: its counts, how many people join and leave which groups, and its decisions where there was room. */
export interface CachedPlan {
  version: string;
  counts: Pending;
  groups: GroupTally;
  seats: SeatTally;
  /** How many people are held because of their role alone. */
  heldRoles: number;
  /** How many people are to get everything but their role. */
  rolesBeside: number;
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
  let rolesBeside = 0;
  const steps: PackedStep[] = [];
  let sizeBytes = 0;
  let packing: Promise<void> = Promise.resolve();
  for await (const { after, last, people, decisions } of batches) {
    addCounts(counts, countByKind(decisions));
    tallyGroups(groups, decisions);
    tallySeats(seats, decisions);
    const waiting = waitingRoles(decisions);
    heldRoles += countHeldRoles(waiting);
    rolesBeside += countRolesBeside(waiting);
    await packing;
    // Packed by another thread, while this one plans the next batch.
    if (sizeBytes <= plansMaxBytes)
      packing = add({ after, last, decisions: shownOf(people, decisions, properties) });
  }
  await packing;
  const fits = sizeBytes <= plansMaxBytes;
  return {
    version,
    counts,
    groups,
    seats,
    heldRoles,
    rolesBeside,
    steps: fits ? steps : null,
    sizeBytes: fits ? sizeBytes : 0,
  };

  async function add(step: PlannedStep) {
    const packed = await packStep(step);
    sizeBytes += packed.outlines.byteLength;
    for (const block of packed.blocks) sizeBytes += block.packed.byteLength + blockSizeBytes;
    if (sizeBytes > plansMaxBytes) steps.length = 0;
    else steps.push(packed);
  }
}

/** Packs a batch in small blocks, in the order of the people's ids, and what it is found and sorted by beside them. */
export async function packStep({ after, last, decisions }: PlannedStep): Promise<PackedStep> {
  const inOrder = [...decisions].sort((one, other) => (one.directoryUserId < other.directoryUserId ? -1 : 1));
  const parts: ShownDecision[][] = [];
  for (let at = 0; at < inOrder.length; at += blockSizeDecisions) {
    parts.push(inOrder.slice(at, at + blockSizeDecisions));
  }
  const [outlines, ...blocks] = await Promise.all([
    pack(outlineText(inOrder)),
    ...parts.map(async (part) => ({
      from: part[0]?.directoryUserId ?? '',
      to: part.at(-1)?.directoryUserId ?? '',
      packed: await pack(textOf(part)),
    })),
  ]);
  return { after, last, blocks, outlines };
}

/** The steps of a cached plan in which one of these people may stand: what they say about them, as it was planned. */
export function stepsAbout(
  steps: readonly PackedStep[],
  ids: readonly string[],
): AsyncGenerator<PlannedStep> {
  const inOrder = [...ids].sort();
  const holds = ({ from, to }: Block) => {
    const first = inOrder[firstPlace(inOrder.length, (at) => (inOrder[at] ?? '') >= from)];
    return first !== undefined && first <= to;
  };
  return stepsOf(narrowed(steps, holds), new Set(ids));
}

/** The steps of a cached plan from a person on, in the order of ids: those before hold nobody who comes after them. */
export function stepsAfter(steps: readonly PackedStep[], after: string | null): AsyncGenerator<PlannedStep> {
  if (after === null) return stepsOf(steps);
  return stepsOf(narrowed(steps, ({ to }, { last }) => isOfThoseWhoWait(last) || to > after));
}

/** The steps with those of their blocks that are asked for, without steps that have none of them. */
function narrowed(
  steps: readonly PackedStep[],
  isWanted: (block: Block, step: PackedStep) => boolean,
): PackedStep[] {
  return steps
    .map((step) => ({ ...step, blocks: step.blocks.filter((block) => isWanted(block, step)) }))
    .filter(({ blocks }) => blocks.length > 0);
}

/** What the changes of each step of a cached plan are found and sorted by. */
export async function* outlinesOf(
  steps: readonly PackedStep[],
): AsyncGenerator<{ last: string; outlines: Outline[] }> {
  for (const { last, outlines } of steps) {
    yield { last, outlines: outlinesIn((await unpack(outlines)).toString()) };
  }
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
  for (const { after, last, blocks } of steps) {
    const texts = await Promise.all(blocks.map(async ({ packed }) => (await unpack(packed)).toString()));
    yield { after, last, decisions: texts.flatMap((text) => decisionsIn(text, only)) };
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
    return {
      ...changeIn(decision),
      member: member && namedMember(member),
      facts: factsOf(person, properties),
    };
  });
}

/** The plans of this process, one per workspace, so that a page of the preview need not plan everything again. */
export class PreviewCache {
  private readonly plans = new LRUCache<string, CachedPlan>({
    max: countedMax,
    maxSize: plansMaxBytes,
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

function namedMember({ id, email, displayName, firstName, lastName }: MemberState): NamedMember {
  return { id, email, displayName, firstName, lastName };
}
