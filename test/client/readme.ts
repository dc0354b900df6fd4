import type { DatabaseSync } from 'node:sqlite';
import {
  type Client,
  endsAccess,
  type Event,
  mirror,
  type Mirror,
  verifyWebhook,
} from '../../clients/node/src/index.ts';
import { SqliteStore } from '../../clients/node/src/stores/sqlite-store.ts';

/** The code of `clients/node/README.md`, which quotes it. */
export async function signUp(client: Client, customer: string, userId: string, email: string) {
  const member = await client.members.put(`ext:${customer}`, `ext:${userId}`, { email });
  const { decision } = await client.accessCheck({ workspace: `ext:${customer}`, email });
  return { memberId: member.id, mayComeIn: decision === 'allow' };
}

export async function follow(
  client: Client,
  place: { load(): Promise<string | null>; save(cursor: string): Promise<void> },
  handle: (event: Event) => Promise<void>,
  signal: AbortSignal,
) {
  // Who has no place yet begins with what happens from now on: the first page is empty, and has a place.
  const events = client.events({ after: (await place.load()) ?? 'now', signal });
  for await (const { items, next } of events.pages()) {
    for (const event of items) await handle(event);
    await place.save(next);
  }
}

export function keepInStep(
  client: Client,
  database: DatabaseSync,
  endSessions: (memberId: string) => number,
): Mirror {
  return mirror(new SqliteStore(database), {
    client,
    onEvents: (events) => {
      for (const { subject } of events.filter(endsAccess)) endSessions(subject.id);
      return Promise.resolve();
    },
  });
}

export async function tell(client: Client, event: Event, sessionsEnded: number) {
  const { memberId } = await client.receipt(event.id, { sessionsEnded });
  return memberId;
}

export function receive(secret: string, headers: Record<string, string>, body: Buffer): Event {
  return verifyWebhook({ secret, headers, body });
}
