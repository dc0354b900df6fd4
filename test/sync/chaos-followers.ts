import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { personBody } from '../harness/directory-person.ts';
import type { Client, ScimClient } from '../harness/workspace.ts';
import type { Mailbox } from '../notifications/mailbox.ts';
import { isSignedWith, type Receiver } from '../webhooks/receiver.ts';

/** What a webhook is sent: without the changes of everybody in every run. */
export const toldTypes = ['run.finished', 'member.created', 'member.deactivated', 'member.removed'] as const;

/** Between two requests of who asks all the time; the long run asks as often as it can bear. */
export const pauseMs = process.env.CHAOS_KILLS === undefined ? 60 : 20;
const pageMax = 1_000;
const patchSchemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

/** The service of the moment, as those ask it who go on whatever happens to it. */
export interface Asking {
  scim(): ScimClient;
  operator(): Client;
  isOver(): boolean;
}

/** Whatever becomes of a request while processes are killed; null when there was no answer. */
export async function tried<T>(request: PromiseLike<T>): Promise<T | null> {
  try {
    return await request;
  } catch {
    return null;
  }
}

/** A back end that reads the feed over all workspaces, page after page, and keeps its cursor. */
export class FeedFollower {
  /** The sequence of the newest event. */
  newest = 0;
  /** Places at which the sequence did not go on by one. */
  readonly gaps: string[] = [];
  /** The sequences of the events that a webhook is told of. */
  readonly told = new Set<number>();
  #cursor: string | null = null;

  constructor(private readonly asking: Asking) {}

  /** Reads on until it is over, and there is nothing left. */
  async follow(): Promise<void> {
    for (;;) {
      const isOver = this.asking.isOver();
      const after = this.#cursor === null ? '' : `&after=${encodeURIComponent(this.#cursor)}`;
      const path = `/operator/events?limit=${pageMax}&wait=1${after}` as '/operator/events';
      const answer = await tried(this.asking.operator().get(path));
      if (answer?.status !== 200) {
        await sleep(pauseMs);
        continue;
      }
      const { items, next } = answer.body as {
        items: { sequence: number; type: string }[];
        next: string;
      };
      for (const { sequence, type } of items) this.#take(sequence, type);
      this.#cursor = next;
      if (isOver && items.length === 0) return;
    }
  }

  #take(sequence: number, type: string): void {
    if (sequence !== this.newest + 1) this.gaps.push(`${this.newest} -> ${sequence}`);
    this.newest = sequence;
    if ((toldTypes as readonly string[]).includes(type)) this.told.add(sequence);
  }
}

/** An identity provider that repeats what nobody answered, and remembers what it was told. */
export class CarefulProvider {
  readonly #joiners = new Set<string>();
  readonly #nicknames = new Map<string, Set<string>>();
  acknowledged = 0;

  constructor(
    private readonly asking: Asking,
    private readonly idOf: () => string,
  ) {}

  /** New people and changes of others, until it is over. */
  async push(): Promise<void> {
    for (let n = 0; !this.asking.isOver(); n += 1) {
      if (n % 10 === 0) await this.#join(`joiner${n}@example.com`);
      else await this.#rename(this.idOf(), `Nick ${n}`);
      await sleep(pauseMs);
    }
  }

  /** What the directory must hold, whatever was killed: people by user name, and by id one of the nicknames. */
  get promises(): { joiners: string[]; nicknames: ReadonlyMap<string, ReadonlySet<string>> } {
    return { joiners: [...this.#joiners], nicknames: this.#nicknames };
  }

  /** Repeats until there is an answer: 409 says that an earlier attempt was carried out though its answer was lost. */
  async #join(userName: string): Promise<void> {
    for (let attempt = 0; !this.asking.isOver(); attempt += 1) {
      const answer = await tried(this.asking.scim().post('/Users', personBody(userName)));
      if (answer?.status === 201 || (answer?.status === 409 && attempt > 0)) {
        this.#joiners.add(userName);
        this.acknowledged += 1;
        return;
      }
      await sleep(pauseMs);
    }
  }

  async #rename(id: string, nickName: string): Promise<void> {
    const Operations = [{ op: 'replace', path: 'nickName', value: nickName }];
    const possible = this.#nicknames.get(id);
    possible?.add(nickName);
    const answer = await tried(
      this.asking.scim().patch(`/Users/${id}`, { schemas: patchSchemas, Operations }),
    );
    if (answer?.status !== 200) return;
    this.acknowledged += 1;
    this.#nicknames.set(id, new Set([nickName]));
  }
}

/** Somebody who cannot be synchronized, which a mail tells the admin; and who is gone again the next time. */
export class Trouble {
  #id: string | null = null;
  #count = 0;

  constructor(private readonly asking: Asking) {}

  async turn(): Promise<void> {
    const id = this.#id;
    if (id !== null) {
      const answer = await tried(this.asking.scim().delete(`/Users/${id}`));
      if (answer?.status === 204 || answer?.status === 404) this.#id = null;
      return;
    }
    this.#count += 1;
    const body = personBody(`nobody${this.#count}`, { emails: [] });
    const answer = await tried(this.asking.scim().post('/Users', body));
    if (answer?.status === 201) this.#id = (answer.body as { id: string }).id;
  }
}

/** Each event of these types came at least once, signed, and nothing else did. */
export function expectToldByWebhook(receiver: Receiver, secret: string, told: ReadonlySet<number>): void {
  const received = new Set(receiver.received.map(({ event }) => event.sequence));
  expect([...told].filter((sequence) => !received.has(sequence))).toEqual([]);
  expect([...received].filter((sequence) => !told.has(sequence))).toEqual([]);
  const forged = receiver.received.filter((each) => !isSignedWith(secret, each));
  expect(forged).toEqual([]);
}

/** Each message that the service made came, and none that it did not make. */
export function expectMailed(mailbox: Mailbox, deliveryIds: readonly string[]): void {
  const received = new Set(mailbox.received.map(({ mail }) => mail.messageId?.split('@')[0]?.slice(1)));
  expect([...received].sort()).toEqual([...deliveryIds].sort());
}
