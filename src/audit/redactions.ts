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

/**
 * Holds the redactions of a chain against what its erasures say. A redacted record must be named by a later record, with the
 * digest of what stays of it; the last one that names it counts. A record that names others and was redacted itself must be
 * named by a later one, and so on: the last of them stands in the chain as it was recorded.
 */
export class Redactions {
  private readonly redacted = new Map<bigint, Redacted>();
  private readonly named = new Map<bigint, string>();
  /** The newest erasure of an earlier version: what came before it may have been redacted by it. */
  private lastUnnaming = 0n;

  /** Takes in the next record of the chain. */
  see(record: ChainedRecord): void {
    if (record.redacted !== null)
      this.redacted.set(record.sequence, { id: record.id, digest: leftDigestOf(record) });
    const { action, details, sequence } = record;
    if (action === namingAction) for (const [of, digest] of namesIn(details)) this.named.set(of, digest);
    if (action === erasingAction && details?.['namesRecords'] !== true) this.lastUnnaming = sequence;
  }

  /** How many records were redacted. */
  get count(): number {
    return this.redacted.size;
  }

  /** How many of them an erasure of an earlier version may have redacted: it named none. */
  get unnamed(): number {
    return [...this.redacted.keys()].filter((sequence) => this.isUnnamed(sequence)).length;
  }

  /** What no erasure vouches for, once the whole chain was seen. */
  *faults(): Generator<RedactionFault> {
    for (const [sequence, { id, digest }] of this.redacted) {
      const named = this.named.get(sequence);
      if (named === digest || this.isUnnamed(sequence)) continue;
      const why =
        named === undefined
          ? 'was redacted, and no erasure says so'
          : 'is not what an erasure has left of it';
      yield { sequence: String(sequence), id, says: `record ${sequence} ${why}` };
    }
  }

  private isUnnamed(sequence: bigint): boolean {
    return !this.named.has(sequence) && sequence < this.lastUnnaming;
  }
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
