import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, ProblemError } from '../../clients/node/src/index.ts';
import { messageOf } from './follow-members.ts';

const lookEveryMs = 500;
const pauseAfterFailureMs = 5_000;

/**
 * Tells the customer's admin which sessions were ended: in the timeline of the person. What is due stands in the database,
 * so that nothing is forgotten when the process or the service is away.
 */
export async function sendReceipts(
  client: Client,
  database: DatabaseSync,
  signal: AbortSignal,
): Promise<void> {
  const due = database.prepare('SELECT event_id, sessions_ended, at FROM receipt WHERE sent = 0 LIMIT 1');
  const settle = database.prepare('UPDATE receipt SET sent = 1 WHERE event_id = ?');
  while (!signal.aborted) {
    const row = due.get();
    if (row === undefined) {
      await pause(lookEveryMs, signal);
      continue;
    }
    const id = String(row.event_id);
    try {
      await client.receipt(id, { sessionsEnded: Number(row.sessions_ended), at: String(row.at) }, { signal });
      settle.run(id);
    } catch (error) {
      if (signal.aborted) return;
      console.error(`The receipt for ${id} was not taken:`, messageOf(error));
      // What is refused for good is not sent for ever.
      if (error instanceof ProblemError && !error.mayPass) settle.run(id);
      else await pause(pauseAfterFailureMs, signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
