import { CollectedChanges } from './changes.ts';
import { type Client, memberOfLine, type RemoteDigest } from './client.ts';
import { bucketOf, Digest } from './digest.ts';
import { MirrorNotes } from './mirror-notes.ts';
import type { Store, StoreTransaction } from './store.ts';
import { Overtaken } from './take-snapshot.ts';

/** Members that are counted or written at once. */
const membersAtOnce = 5_000;
const linesAtOnce = 500;

/** The outcome of a comparison with the service. */
export interface Verification {
  workspaceId: string;
  at: Date;
  /** Both sides were compared as they were after this event. */
  sequence: number;
  members: number;
  /** The buckets that were different, of so many; none: the copy is right. */
  differentBuckets: number[];
  buckets: number;
  /** What was done about it; null: nothing had to be. */
  repair: Repair | null;
}

/** How the members of the buckets that differed were made right. */
export interface Repair {
  written: number;
  removed: number;
}

/**
 * Compares the copy with a digest of the service, in one transaction.
 *
 * @returns the buckets that differ; `behind` or `ahead`: the copy is not at the sequence of the digest
 */
export function compare(
  store: Store,
  workspaceId: string,
  remote: RemoteDigest,
  buckets: number,
): Promise<number[] | 'behind' | 'ahead'> {
  return store.transaction(async (tx) => {
    const note = await new MirrorNotes(tx).workspace(workspaceId);
    if (note === null || note.snapshot !== null || note.sequence < remote.sequence) return 'behind';
    if (note.sequence > remote.sequence) return 'ahead';
    const digest = new Digest(buckets);
    for await (const { id, version } of membersOf(tx, workspaceId)) digest.add(id, version);
    return digest.differences(remote.buckets);
  });
}

/**
 * Writes the members of some buckets as the service has them now, and deletes those that it does not have. Events that
 * come later and are part of it already are told by their versions.
 *
 * @throws Overtaken when another process applies events meanwhile
 */
export async function repairBuckets<Tx extends StoreTransaction>(
  { client, store, signal }: { client: Client; store: Store<Tx>; signal?: AbortSignal | undefined },
  workspaceId: string,
  { different, buckets }: { different: readonly number[]; buckets: number },
): Promise<Repair> {
  const wanted = new Set(different);
  const asked = { buckets: { of: buckets, numbers: different } };
  const isWanted = (id: string) => wanted.has(bucketOf(id, buckets));
  const seen = new Set<string>();
  let sequence = 0;
  let collected = new CollectedChanges();
  const flush = async (): Promise<void> => {
    const { changes } = collected;
    collected = new CollectedChanges();
    await store.transaction(async (tx) => {
      await requireNotAhead(tx, workspaceId, sequence);
      await tx.apply(workspaceId, changes, null);
    });
  };
  for await (const line of client.snapshot(workspaceId, asked, signal && { signal })) {
    if (line.kind === 'head') sequence = line.sequence;
    if (line.kind === 'group') collected.group(line);
    if (line.kind === 'member' && isWanted(line.id)) {
      seen.add(line.id);
      collected.member(memberOfLine(line));
    }
    if (collected.size >= linesAtOnce) await flush();
  }
  const removed = await store.transaction(async (tx) => {
    await requireNotAhead(tx, workspaceId, sequence);
    let count = 0;
    for await (const { id } of membersOf(tx, workspaceId)) {
      if (!isWanted(id) || seen.has(id)) continue;
      collected.removeMember(id);
      count += 1;
    }
    await tx.apply(workspaceId, collected.changes, null);
    return count;
  });
  return { written: seen.size, removed };
}

async function requireNotAhead(tx: StoreTransaction, workspaceId: string, sequence: number): Promise<void> {
  const note = await new MirrorNotes(tx).workspace(workspaceId);
  if (note === null || note.snapshot !== null || note.sequence > sequence) {
    throw new Overtaken('The copy has come further than what it was to be repaired with');
  }
}

/** All members of the copy, without having all in memory. */
async function* membersOf(
  tx: StoreTransaction,
  workspaceId: string,
): AsyncGenerator<{ id: string; version: number }> {
  let last: string | null = null;
  for (;;) {
    const page: { id: string; version: number }[] = await tx.versionsAfter(workspaceId, last, membersAtOnce);
    yield* page;
    if (page.length < membersAtOnce) return;
    last = page.at(-1)?.id ?? null;
  }
}
