import { describe, expect, it } from '@jest/globals';
import type { BodyLine } from '../../http/bodies/read-lines.ts';
import { carryOut } from './carry-out-batch.ts';

/** The lines of each write, where all of them came together. */
async function writesOf(members: readonly object[]): Promise<number[][]> {
  const writes: number[][] = [];
  const lines = members.map((member, at): BodyLine => {
    return { number: at + 1, bytes: Buffer.from(JSON.stringify(member)) };
  });
  const results = carryOut(one(lines), async (drafts) => {
    writes.push(drafts.map(({ line }) => line));
    return Promise.resolve([]);
  });
  for await (const _ of results);
  return writes;
}

async function* one<Part>(part: Part): AsyncGenerator<Part> {
  yield await Promise.resolve(part);
}

describe('lines of a batch that come together', () => {
  it('are written together, unless one has the address of another', async () => {
    const writes = await writesOf([
      { externalId: 'u-1', email: 'ann@example.com' },
      { externalId: 'u-2', email: 'bob@example.com' },
      { externalId: 'u-3', email: 'Ann@Example.com' },
    ]);
    expect(writes).toEqual([[1, 2], [3]]);
  });

  it('are written together with any number of lines whose address is none', async () => {
    const writes = await writesOf(['u-1', 'u-2', 'u-3'].map((externalId) => ({ externalId, email: 'n/a' })));
    expect(writes).toEqual([[1, 2, 3]]);
  });
});
