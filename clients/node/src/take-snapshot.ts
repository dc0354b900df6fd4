import { CollectedChanges } from './changes.ts';
import { type Client, memberOfLine, type SnapshotHead, type SnapshotLine } from './client.ts';
import { MirrorNotes, type SnapshotNote } from './mirror-notes.ts';
import type { Store, StoreTransaction } from './store.ts';

/** Lines that one transaction writes; so many are in memory at once. */
const linesAtOnce = 500;

/** Another process works on the same copy and has come further. Look again what is to be done. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

/** What a snapshot is taken with. */
export interface SnapshotWork<Tx extends StoreTransaction> {
  client: Client;
  store: Store<Tx>;
  workspaceId: string;
  /** Its mark; a snapshot of the same mark that was interrupted is continued. */
  round: string;
  /** Called in the last transaction of the snapshot. */
  atEnd?: ((workspaceId: string, transaction: Tx) => Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
}

/** What a snapshot came to. */
export interface TakenSnapshot {
  /** Where the feed of the workspace continues. */
  cursor: string;
  /** How many members were written by this call. */
  written: number;
  /** How many members the copy had that the workspace does not have. */
  removed: number;
}

/**
 * Takes the snapshot of a workspace into the store, in steps of a few hundred lines, each with the place up to which it
 * has come: a process that is killed continues there. At its end, what the snapshot does not have is deleted.
 */
export async function takeSnapshot<Tx extends StoreTransaction>(
  work: SnapshotWork<Tx>,
): Promise<TakenSnapshot> {
  const begun = await findBegun(work);
  const { head, lines } = await open(work, begun?.from ?? null);
  let progress = begun ?? {
    round: work.round,
    sequence: head.sequence,
    cursor: head.cursor,
    from: null,
  };
  if (begun === null) await write(work, null, progress, new CollectedChanges());
  let collected = new CollectedChanges();
  let last = progress.from;
  let written = 0;
  for await (const line of lines) {
    if (line.kind === 'member') {
      collected.member(memberOfLine(line));
      last = line.id;
      written += 1;
    } else if (line.kind === 'group') collected.group(line);
    if (collected.size < linesAtOnce) continue;
    progress = await write(work, progress, { ...progress, from: last }, collected);
    collected = new CollectedChanges();
  }
  progress = await write(work, progress, { ...progress, from: last }, collected);
  const removed = await finish(work, progress);
  return { cursor: progress.cursor, written, removed };
}

async function findBegun<Tx extends StoreTransaction>(work: SnapshotWork<Tx>): Promise<SnapshotNote | null> {
  const note = await work.store.transaction((tx) => new MirrorNotes(tx).workspace(work.workspaceId));
  return note?.snapshot?.round === work.round ? note.snapshot : null;
}

async function open<Tx extends StoreTransaction>(
  { client, workspaceId, signal }: SnapshotWork<Tx>,
  from: string | null,
): Promise<{ head: SnapshotHead; lines: AsyncIterable<SnapshotLine> }> {
  const lines = client.snapshot(workspaceId, { ...(from !== null && { from }) }, signal && { signal });
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done || first.value.kind !== 'head') throw new Error('The snapshot does not begin with its head');
  return { head: first.value, lines: { [Symbol.asyncIterator]: () => iterator } };
}

/** Writes lines and the progress in one transaction. @throws Overtaken */
function write<Tx extends StoreTransaction>(
  { store, workspaceId, round }: SnapshotWork<Tx>,
  before: SnapshotNote | null,
  after: SnapshotNote,
  collected: CollectedChanges,
): Promise<SnapshotNote> {
  return store.transaction(async (tx) => {
    const notes = new MirrorNotes(tx);
    const note = await notes.workspace(workspaceId);
    const found = note?.snapshot?.round === round ? note.snapshot : null;
    if (found?.from !== before?.from) throw new Overtaken('Another process takes the same snapshot');
    await tx.apply(workspaceId, collected.changes, round);
    await notes.writeWorkspace(workspaceId, {
      sequence: note?.sequence ?? 0,
      round: note?.round ?? '',
      snapshot: after,
    });
    return after;
  });
}

async function finish<Tx extends StoreTransaction>(
  { store, workspaceId, round, atEnd }: SnapshotWork<Tx>,
  progress: SnapshotNote,
): Promise<number> {
  return store.transaction(async (tx) => {
    const notes = new MirrorNotes(tx);
    const note = await notes.workspace(workspaceId);
    if (note?.snapshot?.round !== round || note.snapshot.from !== progress.from) {
      throw new Overtaken('Another process has finished the same snapshot');
    }
    const removed = await tx.sweep(workspaceId, round);
    await notes.writeWorkspace(workspaceId, { sequence: progress.sequence, round, snapshot: null });
    await atEnd?.(workspaceId, tx);
    return removed;
  });
}
