import type { PlannedStep, ShownDecision } from './preview-cache.ts';
import { isOfThoseWhoWait } from './planned-batches.ts';
import { type PreviewCursor, startIn } from './preview-cursor.ts';
import type { ListedChange } from './withheld-people.ts';

/** A change of the preview, and in which part of it. */
export interface PlacedChange {
  part: PreviewCursor['part'];
  change: ListedChange;
}

/**
 * The changes of a plan from a place on, in the order of the people's ids: those who stay as they are keep their place,
 * wherever the batches of the next plan begin and end.
 *
 * @param steps batches by their ends; some hold people of later ones who are decided about together with their own
 * @param matches which changes are asked for
 * @param max how many the asker takes at most: of those who stand further on, no more are kept
 */
export async function* plannedChanges(
  steps: AsyncIterable<Pick<PlannedStep, 'last'> & { decisions: readonly ShownDecision[] }>,
  from: PreviewCursor,
  matches: (change: ListedChange) => boolean,
  max: number,
): AsyncGenerator<PlacedChange> {
  let ahead: ShownDecision[] = [];
  for await (const { last, decisions } of steps) {
    const part = isOfThoseWhoWait(last) ? 'waiting' : 'queue';
    if (part === 'waiting') {
      yield* placed('queue', ahead);
      ahead = [];
    }
    const start = startIn(from, part);
    if (start === null) continue;
    const { after } = start;
    const shown = decisions.filter(
      (one) => one.kind !== 'nothing' && (after === null || one.directoryUserId > after) && matches(one),
    );
    const inOrder = [...ahead, ...shown].sort(byId);
    const reached = inOrder.filter(({ directoryUserId }) => directoryUserId <= last);
    ahead = inOrder.slice(reached.length, reached.length + max);
    yield* placed(part, reached);
  }
  yield* placed('queue', ahead);
}

function* placed(part: PreviewCursor['part'], decisions: readonly ShownDecision[]): Generator<PlacedChange> {
  for (const change of decisions) yield { part, change };
}

function byId(one: ShownDecision, other: ShownDecision): number {
  return one.directoryUserId < other.directoryUserId ? -1 : 1;
}
