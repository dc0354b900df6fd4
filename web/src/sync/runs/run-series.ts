import { isOver, pendingKinds, type Run } from '../../api/shapes.ts';

/** Runs of one kind that came one right after another: shown as one row that opens. */
export interface RunSeries {
  /** Newest first. */
  runs: readonly [Run, ...Run[]];
}

/** A row of the list of runs: one run, or a series of them, which may be open. */
export type RunEntry =
  { key: string; run: Run; isWithin: boolean } | { key: string; series: RunSeries; isOpen: boolean };

/** Fewer are as easy to read as the row that would stand for them. */
const runsMin = 3;
/** Between the end of a run and the beginning of the next of a series, at most. */
const gapMaxMs = 120_000;

/** What the service does by itself for people as they come and go: many of them leave in many small runs. */
const lanes: ReadonlySet<Run['trigger']> = new Set(['leaver', 'returner', 'role', 'seat']);

/**
 * The rows of the list of runs.
 *
 * @param runs newest first
 * @param open ids of runs: the series that they belong to are open
 */
export function runEntries(runs: readonly Run[], open: ReadonlySet<string>): RunEntry[] {
  return seriesOf(runs).flatMap((series): RunEntry[] => {
    const oldest = series.at(-1);
    const [newest] = series;
    if (newest === undefined || oldest === undefined) return [];
    if (series.length < runsMin) return series.map((run) => ({ key: run.id, run, isWithin: false }));
    const isOpen = series.some(({ id }) => open.has(id));
    const runsWithin = isOpen ? series.map((run) => ({ key: run.id, run, isWithin: true })) : [];
    // A series grows at its newer end: by the oldest it stays the same row.
    return [
      { key: `series-${oldest.id}`, series: { runs: [newest, ...series.slice(1)] }, isOpen },
      ...runsWithin,
    ];
  });
}

/** The states of a series' runs, with how many are in each; what waits for somebody comes first. */
export function statesOf({ runs }: RunSeries): { state: Run['state']; count: number }[] {
  const counts = new Map<Run['state'], number>();
  for (const { state } of runs) counts.set(state, (counts.get(state) ?? 0) + 1);
  const rank = (state: Run['state']) => (state === 'awaiting_approval' ? 0 : state === 'failed' ? 1 : 2);
  return [...counts]
    .map(([state, count]) => ({ state, count }))
    .sort((left, right) => rank(left.state) - rank(right.state) || right.count - left.count);
}

/** What the runs of a series did together, as if one run had done it. */
export function summedUp({ runs }: RunSeries): Run {
  const [newest, ...others] = runs;
  const counts = { ...newest.counts };
  const groups = { ...newest.groups };
  for (const other of others) {
    for (const kind of pendingKinds) counts[kind] += other.counts[kind];
    for (const kind of ['create', 'rename', 'members', 'delete'] as const) groups[kind] += other.groups[kind];
  }
  // Each run counts its own people who wait.
  return { ...newest, counts, groups, notes: runs.flatMap(({ notes }) => notes) };
}

function seriesOf(runs: readonly Run[]): Run[][] {
  const all: Run[][] = [];
  for (const run of runs) {
    const last = all.at(-1);
    const next = last?.at(-1);
    if (last !== undefined && next !== undefined && follows(next, run)) last.push(run);
    else all.push([run]);
  }
  return all;
}

/** Whether the later run continues what the earlier one did. */
function follows(later: Run, earlier: Run): boolean {
  return (
    lanes.has(later.trigger) &&
    later.trigger === earlier.trigger &&
    later.requestedBy === earlier.requestedBy &&
    isOver(later) &&
    isOver(earlier) &&
    timeOf(later.startedAt) - timeOf(earlier.finishedAt) <= gapMaxMs
  );
}

/** A run that is over has both times; without one, it belongs to no other. */
function timeOf(at: string | null): number {
  return at === null ? Number.NaN : Date.parse(at);
}
