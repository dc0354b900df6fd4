import { type ChainedRecord, leftDigestOf } from './chain.ts';
import { erasingAction, namingAction } from './redact-records.ts';

/** A redaction that nothing in the chain vouches for. */
export interface RedactionFault {
  sequence: string;
  id: string;
  says: string;
}

interface Redacted {
  id: string;
  digest: string;
}

/** What an erasure says it has left of a record. */
interface Named {
  digest: string;
  /** The sequence of the erasure. */
  by: bigint;
}

/**
 * Holds the redactions of a chain against what its erasures say. A redacted record must be named by a later erasure, with the
 * digest of what stays of it; the last one that names it counts. What an erasure names stands before it, in records that
 * count as long as their own details are those that were recorded.
 */
export class Redactions {
  private readonly redacted = new Map<bigint, Redacted>();
  /** By the id of an erasure, until its own record comes. */
  private readonly announced = new Map<string, [bigint, string][]>();
  private readonly named = new Map<bigint, Named>();
  /** The newest erasure of an earlier version: what came before it may have been redacted by it. */
  private lastUnnaming = 0n;

  /** Takes in the next record of the chain. */
  see(record: ChainedRecord): void {
    if (record.redacted !== null)
      this.redacted.set(record.sequence, { id: record.id, digest: leftDigestOf(record) });
    const { action, sequence } = record;
    if (action === namingAction) this.announce(record);
    if (action === erasingAction) this.erased(record.details, sequence);
  }

  /** How many records were redacted. */
  get count(): number {
    return this.redacted.size;
  }

  /** How many of them an erasure of an earlier version may have redacted: it named none. */
  get unnamed(): number {
    return this.doubtful().filter(([sequence]) => this.isOlder(sequence)).length;
  }

  /** What no erasure vouches for, once the whole chain was seen. */
  *faults(): Generator<RedactionFault> {
    for (const [sequence, { id }] of this.doubtful()) {
      if (this.isOlder(sequence)) continue;
      const why = this.named.has(sequence)
        ? 'is not what an erasure has left of it'
        : 'was redacted, and no erasure says so';
      yield { sequence: String(sequence), id, says: `record ${sequence} ${why}` };
    }
  }

  private announce({ details, redacted }: ChainedRecord): void {
    const erasureId = textIn(details, 'erasureId');
    // No erasure takes anything out of these details.
    if (erasureId === null || redacted?.details !== undefined) return;
    this.announced.set(erasureId, [...(this.announced.get(erasureId) ?? []), ...namesIn(details)]);
  }

  private erased(details: ChainedRecord['details'], by: bigint): void {
    if (details?.['namesRecords'] !== true) this.lastUnnaming = by;
    const erasureId = textIn(details, 'erasureId') ?? '';
    for (const [of, digest] of this.announced.get(erasureId) ?? []) this.named.set(of, { digest, by });
    this.announced.delete(erasureId);
  }

  /** The redacted records that are not what an erasure says. */
  private doubtful(): [bigint, Redacted][] {
    return [...this.redacted].filter(([sequence, { digest }]) => this.named.get(sequence)?.digest !== digest);
  }

  /** Whether an erasure of an earlier version came after the record, and after what the newer ones say of it. */
  private isOlder(sequence: bigint): boolean {
    return sequence < this.lastUnnaming && (this.named.get(sequence)?.by ?? 0n) < this.lastUnnaming;
  }
}

function textIn(details: ChainedRecord['details'], name: string): string | null {
  const text = details?.[name];
  return typeof text === 'string' ? text : null;
}

function namesIn(details: Record<string, unknown> | null): [bigint, string][] {
  const records = details?.['records'];
  if (!Array.isArray(records)) return [];
  return records.flatMap((each: unknown): [bigint, string][] => {
    if (!Array.isArray(each)) return [];
    const [sequence, digest] = each as unknown[];
    return Number.isSafeInteger(sequence) && typeof digest === 'string'
      ? [[BigInt(sequence as number), digest]]
      : [];
  });
}
