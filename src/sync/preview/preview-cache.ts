import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { addCounts, type Change, nothingPending, type Origin, type Pending } from '../decision/change.ts';
import { changeIn, type Decision } from '../decision/decision.ts';
import { type GroupTally, tallyGroups } from './preview-groups.ts';
import type { MemberState } from '../decision/person.ts';
import { countByKind } from '../planning/batch-plan.ts';
import { isOfThoseWhoWait } from './planned-batches.ts';

/** Limit for all cached plans of this process; the least recently used goes first. */
const cacheMaxBytes = 64 * 1024 * 1024;

/** What an id takes beside a packed step. */
const idSizeBytes = 64;

/** Workspaces whose counts are cached, even where the plan itself is too large. */
const countedMax = 1000;

/** The part of a decision that is shown. */
export type ShownDecision = Change & {
  origin: Origin;
  member: Pick<MemberState, 'id' | 'email' | 'displayName'> | null;
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
  steps: PackedStep[] | null;
  sizeBytes: number;
}

/** Reads a whole plan: counts it and packs its decisions. */
export async function packPlan(
  version: string,
  batches: AsyncIterable<{ after: string | null; last: string; decisions: readonly Decision[] }>,
): Promise<CachedPlan> {
  const counts = nothingPending();
  const groups: GroupTally = new Map();
  const steps: PackedStep[] = [];
  let sizeBytes = 0;
  let packing: Promise<void> = Promise.resolve();
  for await (const { after, last, decisions } of batches) {
    addCounts(counts, countByKind(decisions));
    tallyGroups(groups, decisions);
    await packing;
    // Packed by another thread, while this one plans the next batch.
    if (sizeBytes <= cacheMaxBytes)
      packing = add({
        after,
        last,
        text: JSON.stringify(decisions.map(shownOf)),
        others: othersIn({ after, last, decisions }),
      });
  }
  await packing;
  const fits = sizeBytes <= cacheMaxBytes;
  return { version, counts, groups, steps: fits ? steps : null, sizeBytes: fits ? sizeBytes : 0 };

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
  return stepsOf(steps.filter(holds));
}

/** The steps of a cached plan, as they were planned. */
export async function* stepsOf(steps: readonly PackedStep[]): AsyncGenerator<PlannedStep> {
  for (const { after, last, packed } of steps) {
    const text = (await unpack(packed)).toString();
    yield { after, last, decisions: JSON.parse(text) as ShownDecision[] };
  }
}

function shownOf(decision: Decision): ShownDecision {
  const { member } = decision;
  const shown = member && { id: member.id, email: member.email, displayName: member.displayName };
  return { ...changeIn(decision), member: shown };
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
