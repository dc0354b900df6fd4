import { describe, expect, it } from '@jest/globals';
import type { ShownDecision } from './preview-cache.ts';
import type { PreviewCursor } from './preview-cursor.ts';
import { plannedChanges } from './preview-order.ts';

const endOfAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

function decision(directoryUserId: string): ShownDecision {
  return {
    kind: 'create',
    directoryUserId,
    memberId: null,
    name: '',
    fields: [],
    reason: { code: 'new-person', params: {} },
    basedOn: { version: '1', groups: null },
    waitsFor: null,
    groups: null,
    origin: 'nobody',
    member: null,
    facts: { email: null, department: null, title: null },
  };
}

/** Batches by their ends; each person may stand in whichever. */
async function* batches(...given: [last: string, ids: string][]) {
  for (const [last, ids] of given) {
    yield await Promise.resolve({ last, decisions: [...ids].map(decision) });
  }
}

async function read(steps: ReturnType<typeof batches>, from: PreviewCursor, max = 100): Promise<string> {
  const seen: string[] = [];
  for await (const { part, change } of plannedChanges(steps, from, () => true, max)) {
    seen.push(`${part === 'waiting' ? '+' : ''}${change.directoryUserId}`);
    if (seen.length === max) break;
  }
  return seen.join('');
}

const start: PreviewCursor = { part: 'queue', id: null };

describe('plannedChanges', () => {
  it('lists who is planned with somebody of an earlier batch at their own place', async () => {
    expect(await read(batches(['c', 'acbg'], ['f', 'def'], ['i', 'hi']), start)).toBe('abcdefghi');
    expect(await read(batches(['c', 'abcx'], [endOfAll, 'ab']), start)).toBe('abcx+a+b');
  });

  it('goes on behind a person, wherever the batches of the next plan begin and end', async () => {
    const from: PreviewCursor = { part: 'queue', id: 'd' };
    for (const steps of [
      batches(['c', 'abc'], ['f', 'def']),
      batches(['d', 'bcdf'], ['e', 'e']),
      batches(['b', 'abfd'], ['e', 'ce']),
      batches(['f', 'cef']),
    ]) {
      expect(await read(steps, from)).toBe('ef');
    }
  });

  it('goes on among those who wait for somebody, and shows nobody of the queue again', async () => {
    const from: PreviewCursor = { part: 'waiting', id: 'b' };
    expect(await read(batches(['c', 'abc'], [endOfAll, 'abcd']), from)).toBe('+c+d');
  });

  it('keeps no more of those who stand further on than are asked for', async () => {
    expect(await read(batches(['a', 'azyxw'], ['c', 'bc'], ['d', 'd']), start, 3)).toBe('abc');
    expect(await read(batches(['a', 'azyxw'], ['z', '']), start, 3)).toBe('awx');
  });
});
