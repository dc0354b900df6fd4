import { describe, expect, it } from '@jest/globals';
import { type ChainedRecord, digestOf, leftDigestOf } from './chain.ts';
import { erasingAction, namedAtOnceMax, namingAction, namingRecords } from './redact-records.ts';
import { Redactions } from './redactions.ts';

function record(sequence: number, given: Partial<ChainedRecord>): ChainedRecord {
  return {
    ...{ workspaceId: 'w', sequence: BigInt(sequence), id: `record-${sequence}`, at: new Date(0) },
    ...{
      actorKind: 'operator',
      actorEmail: null,
      actorKeyId: null,
      actorKeyName: null,
      action: 'any.action',
    },
    ...{ target: null, details: null, sessionId: null, address: null, requestId: null, redacted: null },
    ...{ salt: Buffer.alloc(16, sequence), ...given },
  };
}

/** A record with another target than was recorded, and the digest of that one. */
function redacted(of: ChainedRecord, target: string): ChainedRecord {
  return {
    ...of,
    target,
    redacted: { ...of.redacted, target: of.redacted?.target ?? digestOf(of, 'target') ?? '' },
  };
}

function naming(sequence: number, left: ChainedRecord, erasureId = 'an-erasure'): ChainedRecord {
  const [details = null] = namingRecords(erasureId, [[Number(left.sequence), leftDigestOf(left)]]);
  return record(sequence, { action: namingAction, details });
}

function erasure(sequence: number, details: Record<string, unknown>): ChainedRecord {
  return record(sequence, { action: erasingAction, details });
}

const newErasure = { erasureId: 'an-erasure', namesRecords: true };

function judged(...records: ChainedRecord[]): { says: string[]; unnamed: number } {
  const redactions = new Redactions();
  for (const each of records) redactions.see(each);
  return { says: [...redactions.faults()].map(({ says }) => says), unnamed: redactions.unnamed };
}

describe('a redacted record', () => {
  const first = record(1, { target: 'Ada' });
  const left = redacted(first, '–');

  it('is vouched for by the erasure that names it', () => {
    expect(judged(left, naming(2, left), erasure(3, newErasure))).toEqual({ says: [], unnamed: 0 });
  });

  it('is not vouched for by what names it and is followed by no erasure', () => {
    const says = ['record 1 was redacted, and no erasure says so'];
    expect(judged(left, naming(2, left))).toEqual({ says, unnamed: 0 });
    expect(judged(left, naming(2, left), erasure(3, { ...newErasure, erasureId: 'other' }))).toEqual({
      says,
      unnamed: 0,
    });
  });

  it('is not vouched for by names that were put in afterwards, even before an erasure of an earlier version', () => {
    const recorded = naming(2, record(9, {}));
    const forged = { ...naming(2, left), redacted: { details: digestOf(recorded, 'details') ?? '' } };
    const earlier = erasure(4, { erasureId: 'earlier' });
    expect(judged(left, forged, erasure(3, newErasure), earlier)).toEqual({ says: [], unnamed: 2 });
  });

  it('is named in a record of its own kind that stays small, however many there are', () => {
    const left = Array.from({ length: 1_000 }, (_, at) => [at + 1_000_001, 'f'.repeat(64)] as const);
    const made = namingRecords('018f0000-0000-7000-8000-000000000000', left);
    expect(made.flatMap(({ records }) => records)).toEqual(left);
    expect(made).toHaveLength(left.length / namedAtOnceMax);
    // Two hundred of them are a page.
    expect(Math.max(...made.map((details) => JSON.stringify(details).length)) * 200).toBeLessThan(
      4 * 1024 * 1024,
    );
  });

  it('may have been redacted again by an earlier version that ran for a while after this one', () => {
    const again = redacted(left, '');
    const chain = [again, naming(2, left), erasure(3, newErasure)];
    expect(judged(...chain)).toEqual({
      says: ['record 1 is not what an erasure has left of it'],
      unnamed: 0,
    });
    expect(judged(...chain, erasure(4, { erasureId: 'earlier' }))).toEqual({ says: [], unnamed: 1 });
  });
});
