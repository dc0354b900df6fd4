import { randomUUID } from 'node:crypto';
import { applyPage, type Stop } from './apply-page.ts';
import { Backoff } from './backoff.ts';
import type { RemoteDigest } from './client.ts';
import type { EventPage } from './event.ts';
import { MirrorNotes, type StartNote } from './mirror-notes.ts';
import type { Mirror, MirrorOptions, MirrorStatus } from './mirror-options.ts';
import { CursorTooOld, ProblemError } from './problem.ts';
import type { Store, StoreTransaction } from './store.ts';
import { Overtaken, type TakenSnapshot, takeSnapshot } from './take-snapshot.ts';
import { compare, type Repair, repairBuckets, type Verification } from './verify-copy.ts';

const eventsPerPage = 1_000;
const waitSeconds = 25;
const verifyEveryDefaultMs = 24 * 3_600_000;
const bucketsDefault = 256;
const verifyAttemptsMax = 10;
const verifyStepsMax = 1_000;
const verifyWaitSeconds = 1;
/** A copy of which more buckets than this share differ is taken whole again. */
const repairShareMax = 0.25;
/** The service tells so many buckets at once. */
const repairedBucketsMax = 500;

/** Keeps a table of yours in step with the members: see {@link Mirror}. */
export function mirror<Tx extends StoreTransaction>(store: Store<Tx>, options: MirrorOptions<Tx>): Mirror {
  return new MirrorOfMembers(store, options);
}

class MirrorOfMembers<Tx extends StoreTransaction> implements Mirror {
  private readonly store: Store<Tx>;
  private readonly options: MirrorOptions<Tx>;
  private readonly verifications = new Map<string, Verification>();
  private state: MirrorStatus['state'] = 'stopped';
  private failure: MirrorStatus['failure'] = null;
  private lastContactAt: Date | null = null;
  private lastEventAt: Date | null = null;
  /** The id of the only workspace, once it is known. */
  private onlyId: string | null = null;

  constructor(store: Store<Tx>, options: MirrorOptions<Tx>) {
    this.store = store;
    this.options = options;
  }

  status(): MirrorStatus {
    const { state, lastContactAt, lastEventAt, failure } = this;
    return { state, lastContactAt, lastEventAt, failure, verifications: [...this.verifications.values()] };
  }

  async run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    let verifyAt = Date.now() + (this.options.verifyEveryMs ?? verifyEveryDefaultMs);
    this.state = 'behind';
    while (!signal.aborted) {
      try {
        if (Date.now() >= verifyAt) {
          verifyAt = Date.now() + (this.options.verifyEveryMs ?? verifyEveryDefaultMs);
          await this.verify(signal);
        }
        // The first answer comes at once, so that it is known when the copy is up to date.
        await this.step({ wait: this.status().state === 'following' ? waitSeconds : 0, signal });
        backoff.reset();
        this.failure = null;
      } catch (error) {
        if (signal.aborted) break;
        this.noteFailure(error);
        await backoff.pause(error, signal);
      }
    }
    this.state = 'stopped';
  }

  async catchUp(signal?: AbortSignal): Promise<void> {
    let page = await this.step({ wait: 0, signal });
    while (page === null || page.more || page.items.length > 0) page = await this.step({ wait: 0, signal });
  }

  async verify(signal?: AbortSignal): Promise<Verification[]> {
    const notes = await this.store.transaction((tx) => new MirrorNotes(tx).workspaces());
    const verifications: Verification[] = [];
    for (const workspaceId of notes.keys()) {
      const verification = await this.verifyWorkspace(workspaceId, signal);
      if (verification === null) continue;
      verifications.push(verification);
      this.verifications.set(workspaceId, verification);
      this.options.onVerified?.(verification);
    }
    return verifications;
  }

  /** @returns the page that was applied; null when something else had to be done first */
  private async step({ wait, signal, stop }: StepOptions): Promise<EventPage | null> {
    const cursor = await this.store.transaction((tx) => new MirrorNotes(tx).cursor());
    if (cursor === null) {
      this.state = 'behind';
      await this.begin(signal);
      return null;
    }
    try {
      return await this.readAndApply(cursor, { wait, signal, stop });
    } catch (error) {
      if (!(error instanceof CursorTooOld)) throw error;
      await this.store.transaction(async (tx) => {
        const notes = new MirrorNotes(tx);
        if ((await notes.cursor()) === cursor) await notes.writeCursor(null);
      });
      return null;
    }
  }

  private async readAndApply(after: string, { wait, signal, stop }: StepOptions): Promise<EventPage | null> {
    const { client, onEvents } = this.options;
    const query = {
      after: after || undefined,
      workspaceId: this.options.workspaceId,
      limit: eventsPerPage,
      wait,
    };
    const page = await client.eventPage(query, signal && { signal });
    const { unknown } = await applyPage({ store: this.store, page, after, stop, onEvents });
    this.lastContactAt = new Date();
    const last = page.items.at(-1);
    if (last !== undefined) this.lastEventAt = new Date(last.at);
    for (const workspaceId of unknown) await this.snapshot(workspaceId, null, signal);
    this.state = unknown.length > 0 || page.more ? 'behind' : 'following';
    return unknown.length > 0 ? null : page;
  }

  /** Takes snapshots of all workspaces, then lets the feed begin. A process that is killed meanwhile goes on here. */
  private async begin(signal?: AbortSignal): Promise<void> {
    const { round, ...start } = await this.start(signal);
    // Workspaces that no longer exist are among those that are known; their snapshot says so.
    const known = await this.store.transaction((tx) => new MirrorNotes(tx).workspaces());
    let { cursor } = start;
    for (const workspaceId of new Set([...(await this.listWorkspaces(signal)), ...known.keys()])) {
      const taken = await this.snapshot(workspaceId, round, signal);
      if (workspaceId === this.onlyId && taken !== null) cursor = taken.cursor;
    }
    await this.store.transaction(async (tx) => {
      const notes = new MirrorNotes(tx);
      if ((await notes.start())?.round !== round) return;
      await notes.writeStart(null);
      await notes.writeCursor(cursor);
    });
  }

  /** The start that is under way, or a new one. */
  private async start(signal?: AbortSignal): Promise<StartNote> {
    const begun = await this.store.transaction((tx) => new MirrorNotes(tx).start());
    if (begun !== null) return begun;
    const { workspaceId } = this.options;
    const { next } = await this.options.client.eventPage({ after: 'now', workspaceId }, signal && { signal });
    return this.store.transaction(async (tx) => {
      const notes = new MirrorNotes(tx);
      const start = (await notes.start()) ?? { round: randomUUID(), cursor: next };
      await notes.writeStart(start);
      return start;
    });
  }

  /**
   * Takes the snapshot of a workspace, unless that of this round is there already. A workspace that is gone is forgotten.
   *
   * @param round null: one of its own, or that which is under way
   * @returns null when there was nothing to take
   */
  private async snapshot(
    workspaceId: string,
    round: string | null,
    signal?: AbortSignal,
  ): Promise<TakenSnapshot | null> {
    const { client, onSnapshot: atEnd } = this.options;
    const { store } = this;
    const note = await store.transaction((tx) => new MirrorNotes(tx).workspace(workspaceId));
    if (note !== null && note.snapshot === null && note.round === round) return null;
    const mark = round ?? note?.snapshot?.round ?? randomUUID();
    try {
      return await takeSnapshot({ client, store, workspaceId, round: mark, atEnd, signal });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 404) throw error;
      await this.forget(workspaceId);
      return null;
    }
  }

  private async forget(workspaceId: string): Promise<void> {
    this.verifications.delete(workspaceId);
    await this.store.transaction(async (tx) => {
      await tx.forget(workspaceId);
      await new MirrorNotes(tx).writeWorkspace(workspaceId, null);
      await this.options.onSnapshot?.(workspaceId, tx);
    });
  }

  private async listWorkspaces(signal?: AbortSignal): Promise<string[]> {
    const { client, workspaceId } = this.options;
    if (workspaceId !== undefined) {
      this.onlyId = (await client.workspaces.get(workspaceId, signal && { signal })).id;
      return [this.onlyId];
    }
    const ids: string[] = [];
    for await (const { id } of client.workspaces.all(signal && { signal })) ids.push(id);
    return ids;
  }

  private async verifyWorkspace(workspaceId: string, signal?: AbortSignal): Promise<Verification | null> {
    const { client, buckets = bucketsDefault } = this.options;
    for (let attempt = 0; attempt < verifyAttemptsMax; attempt += 1) {
      signal?.throwIfAborted();
      const remote = await client.digest(workspaceId, buckets, signal && { signal }).catch(nullIfGone);
      if (remote === null) {
        await this.forget(workspaceId);
        return null;
      }
      const different = await this.compareAt(workspaceId, remote, signal);
      if (different === null) continue;
      const repair = different.length === 0 ? null : await this.repair(workspaceId, different, signal);
      const { sequence, members } = remote;
      return { workspaceId, at: new Date(), sequence, members, differentBuckets: different, buckets, repair };
    }
    throw new Error(`The copy of workspace ${workspaceId} does not come to the sequence of a digest`);
  }

  /** Brings the copy to the sequence of the digest and compares them there. @returns null: it has come further already */
  private async compareAt(
    workspaceId: string,
    remote: RemoteDigest,
    signal?: AbortSignal,
  ): Promise<number[] | null> {
    for (let steps = 0; steps < verifyStepsMax; steps += 1) {
      const compared = await compare(this.store, workspaceId, remote, this.options.buckets ?? bucketsDefault);
      if (compared === 'ahead') return null;
      if (compared !== 'behind') return compared;
      await this.step({ wait: verifyWaitSeconds, signal, stop: { workspaceId, sequence: remote.sequence } });
    }
    return null;
  }

  private async repair(
    workspaceId: string,
    different: readonly number[],
    signal?: AbortSignal,
  ): Promise<Repair> {
    const { client, buckets = bucketsDefault } = this.options;
    if (different.length <= Math.min(buckets * repairShareMax, repairedBucketsMax)) {
      return repairBuckets({ client, store: this.store, signal }, workspaceId, { different, buckets });
    }
    const taken = await this.snapshot(workspaceId, randomUUID(), signal);
    return { written: taken?.written ?? 0, removed: taken?.removed ?? 0 };
  }

  private noteFailure(error: unknown): void {
    // Two processes that work on one copy get in each other's way now and then; that is no failure.
    if (error instanceof Overtaken) return;
    this.state = 'failing';
    const { since = new Date(), attempts = 0 } = this.failure ?? {};
    this.failure = { error, since, attempts: attempts + 1 };
    this.options.onFailure?.(error);
  }
}

interface StepOptions {
  wait: number;
  signal?: AbortSignal | undefined;
  stop?: Stop | undefined;
}

function nullIfGone(error: unknown): null {
  if (error instanceof ProblemError && error.status === 404) return null;
  throw error;
}
