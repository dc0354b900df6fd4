import { expect } from '@jest/globals';
import type { Schema } from './answers.ts';
import type { Client } from './workspace.ts';

export type Run = Schema<'RunResponse'>;

export type Member = Schema<'MemberResponse'>;

const runEndsWithinMs = 60_000;
const pollMs = 50;

/** Starts a run by hand and waits for its end. */
export async function synchronize(admin: Client): Promise<Run> {
  const started = await admin.post('/api/sync-runs', {}).expect(202);
  return runEnded(admin, started.body.id);
}

/** Waits until a run is neither queued nor running. */
export function runEnded(admin: Client, id: string): Promise<Run> {
  return eventually(async () => {
    const { body } = await admin.get(`/api/sync-runs/${id}`).expect(200);
    const run = body;
    return run.state === 'queued' || run.state === 'running' ? null : run;
  });
}

const carriedOut = ['create', 'link', 'update', 'deactivate', 'reactivate', 'remove'] as const;

/** Undoes a run and waits for its end. What was said of it before must be what it has done. */
export async function undone(admin: Client, runId: string): Promise<Run> {
  const { body: said } = await admin.get(`/api/sync-runs/${runId}/undo`).expect(200);
  const { body } = await admin.post(`/api/sync-runs/${runId}/undo`).expect(202);
  const run = await runEnded(admin, body.id);
  const saidOf = ({ counts }: Pick<Run, 'counts'>) => carriedOut.map((kind) => `${kind} ${counts[kind]}`);
  expect(saidOf(said)).toEqual(saidOf(run));
  const done = carriedOut.reduce((sum, kind) => sum + run.counts[kind], 0);
  expect(said.kept).toBe(run.total - done);
  return run;
}

/** All members, from all pages; removed ones too if the query asks for them. */
export async function allMembers(admin: Client, query = ''): Promise<Member[]> {
  const members: Member[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await admin.get(`/api/members?limit=200${query}${after}`).expect(200);
    const page = body;
    members.push(...page.items);
    cursor = page.nextCursor;
  }
  return members;
}

/** Repeats the question until the answer is not null, for a minute at most unless told otherwise. */
export async function eventually<T>(
  ask: () => Promise<T | null>,
  withinMs: number = runEndsWithinMs,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`It did not happen within ${withinMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Repeats an expectation until it holds; after the time that {@link eventually} gives, it fails as it failed last. */
export async function eventuallyHolds(expectation: () => Promise<void>): Promise<void> {
  let last: unknown;
  const attempt = async () => {
    try {
      await expectation();
      return true;
    } catch (error) {
      last = error;
      return null;
    }
  };
  await eventually(attempt).catch((error: unknown) => {
    throw last ?? error;
  });
}
