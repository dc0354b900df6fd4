import { describe, expect, it } from '@jest/globals';
import { pendingKinds, type Run } from '../../web/src/api/shapes.ts';
import { heldIn, secondsTaken, waitingIn } from '../../web/src/sync/runs/run-words.ts';
import { runEntries, statesOf, summedUp } from '../../web/src/sync/runs/run-series.ts';

const none = Object.fromEntries(pendingKinds.map((kind) => [kind, 0])) as unknown as Run['counts'];
const begin = Date.parse('2026-11-24T09:00:00.000Z');
const time = (seconds: number) => new Date(begin + seconds * 1000).toISOString();

/** A run of leavers that ended this many seconds after nine. */
function run(id: string, atSeconds: number, more: Partial<Run> = {}): Run {
  return {
    id,
    trigger: 'leaver',
    state: 'succeeded',
    total: 1,
    done: 1,
    counts: { ...none, deactivate: 1 },
    groups: { create: 0, rename: 0, members: 0, delete: 0 },
    requestedBy: 'system',
    chosen: null,
    startedAt: time(atSeconds),
    finishedAt: time(atSeconds),
    error: null,
    notes: [],
    undoes: null,
    ...more,
  };
}

const waitForSeat = (count: number): Run['notes'] => [
  { code: 'people-wait-for-seat', params: { count }, text: '' },
];

/** The rows in short: of a series how many runs it stands for. */
function rows(runs: readonly Run[], open: readonly string[] = []): string[] {
  return runEntries(runs, new Set(open)).map((entry) =>
    'run' in entry
      ? `${entry.isWithin ? '  ' : ''}${entry.run.id}`
      : `${entry.series.runs.length} from ${entry.series.runs[0].id}`,
  );
}

describe('the list of runs', () => {
  const leave = [run('d', 6), run('c', 4), run('b', 2), run('a', 0)];

  it.each<[string, Run[], string[]]>([
    ['many who left at once, as one row', leave, ['4 from d']],
    ['two runs as two', leave.slice(2), ['b', 'a']],
    ['what came long before by itself', [run('z', 900), ...leave, run('y', -121)], ['z', '4 from d', 'y']],
    ['what came just before with the others', [...leave, run('y', -120)], ['5 from d']],
    [
      'what an admin did between them by itself',
      [...leave, run('m', -1, { trigger: 'manual' }), run('y', -2)],
      ['4 from d', 'm', 'y'],
    ],
    [
      'those of another kind as their own row',
      [...['g', 'f', 'e'].map((id, at) => run(id, 9 - at, { trigger: 'returner' })), ...leave],
      ['3 from g', '4 from d'],
    ],
    [
      'what an admin did several times, each by itself',
      ['3', '2', '1'].map((id) => run(id, Number(id), { trigger: 'manual', requestedBy: 'ada' })),
      ['3', '2', '1'],
    ],
    [
      'a run under way by itself',
      [run('e', 7, { state: 'running', finishedAt: null }), ...leave],
      ['e', '4 from d'],
    ],
  ])('shows %s', (_, runs, shown) => expect(rows(runs)).toEqual(shown));

  it('shows every run of a row that is open, by whichever of its runs it was opened', () => {
    const opened = ['4 from d', '  d', '  c', '  b', '  a'];
    for (const id of ['a', 'd']) expect(rows(leave, [id])).toEqual(opened);
    expect(rows(leave, ['other'])).toEqual(['4 from d']);
  });

  it('keeps the key of a row to which more runs come', () => {
    const [before, after] = [leave, [run('e', 8), ...leave]].map(
      (runs) => runEntries(runs, new Set())[0]?.key,
    );
    expect(after).toBe(before);
  });

  it('sums up what the runs of a row did, and names what waits for somebody first', () => {
    const runs: [Run, ...Run[]] = [
      run('c', 4),
      run('b', 2, { counts: { ...none, held: 3 }, notes: waitForSeat(3) }),
      run('a', 0, {
        notes: waitForSeat(1),
        state: 'awaiting_approval',
        counts: { ...none, deactivate: 3, held: 5 },
      }),
    ];
    const sum = summedUp({ runs });
    expect(sum.counts).toEqual({ ...none, deactivate: 4, held: 8 });
    expect([heldIn(sum), waitingIn(sum).seat]).toEqual([4, 4]);
    expect(runs[0].counts).toEqual({ ...none, deactivate: 1 });
    expect(statesOf({ runs })).toEqual([
      { state: 'awaiting_approval', count: 1 },
      { state: 'succeeded', count: 2 },
    ]);
  });
});

describe('how long a run took', () => {
  it('is said where it is known', () => {
    expect(secondsTaken(run('a', 0, { startedAt: time(0), finishedAt: time(2.5) }))).toBe(2.5);
    expect(secondsTaken(run('a', 0))).toBeNull();
    expect(secondsTaken(run('a', 0, { finishedAt: null }))).toBeNull();
  });
});
