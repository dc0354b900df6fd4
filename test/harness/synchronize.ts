import type { Client } from './workspace.ts';

/** RUN of the HTTP contract, as far as tests read it. */
export interface Run {
  id: string;
  trigger: string;
  state: string;
  total: number;
  done: number;
  counts: Record<string, number>;
  groups: Record<string, number>;
  error: string | null;
  notes: { code: string; params: Record<string, unknown>; text: string }[];
}

/** MEMBER of the HTTP contract, as far as tests read it. */
export interface Member {
  id: string;
  email: string;
  displayName: string | null;
  firstName: string | null;
  lastName: string | null;
  jobTitle: string | null;
  language: string | null;
  status: string;
  source: string;
  provisionedFields: string[];
  properties: Record<string, unknown>;
  managerId: string | null;
  heldSince: string | null;
}

const runEndsWithinMs = 60_000;
const pollMs = 50;

/** Presses Synchronize and waits for the end of the run. */
export async function synchronize(admin: Client): Promise<Run> {
  const started = await admin.post('/api/sync-runs', {}).expect(202);
  return runEnded(admin, (started.body as { id: string }).id);
}

/** Waits until a run is neither queued nor running. */
export function runEnded(admin: Client, id: string): Promise<Run> {
  return eventually(async () => {
    const { body } = await admin.get(`/api/sync-runs/${id}`).expect(200);
    const run = body as Run;
    return run.state === 'queued' || run.state === 'running' ? null : run;
  });
}

/** Everyone in the product, all pages; removed members too when asked for. */
export async function allMembers(admin: Client, query = ''): Promise<Member[]> {
  const members: Member[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await admin.get(`/api/members?limit=200${query}${after}`).expect(200);
    const page = body as { items: Member[]; nextCursor: string | null };
    members.push(...page.items);
    cursor = page.nextCursor;
  }
  return members;
}

/** Asks again until the answer is not null, for a minute at most. */
export async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + runEndsWithinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error('It did not happen within a minute.');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
