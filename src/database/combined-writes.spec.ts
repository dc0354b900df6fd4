import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { cases } from '../../test/harness/cases.ts';
import { CombinedWrites, type WriteKind } from './combined-writes.ts';

/** What was carried out together; one alone is a list of one. */
type Sent = string[][];

/** Writes are texts, their first letter is what they decide about, and their answer is the text in upper case. */
function writesTo(sent: Sent, kind: Partial<WriteKind<string, string>> = {}) {
  return new CombinedWrites<string, string>({
    alone: async (_workspaceId, write) => {
      sent.push([write]);
      await sleep(1);
      return write.toUpperCase();
    },
    together: async (_workspaceId, writes) => {
      sent.push([...writes]);
      await sleep(1);
      return writes.map((write) => write.toUpperCase());
    },
    keysOf: (write) => [write.charAt(0)],
    ...kind,
  });
}

const all = (writes: CombinedWrites<string, string>, ...texts: string[]) =>
  Promise.all(texts.map((text) => writes.write('w', text)));

/** The first goes alone; what is written right after it waits for it. */
async function behind(writes: CombinedWrites<string, string>, ...texts: string[]) {
  const first = writes.write('w', '0');
  await new Promise((resolve) => setImmediate(resolve));
  const answers = await Promise.allSettled(texts.map((text) => writes.write('w', text)));
  await first;
  return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason)));
}

describe('writes of a workspace', () => {
  it('go alone when none is under way', async () => {
    const sent: Sent = [];
    const writes = writesTo(sent);
    expect(await writes.write('w', 'a')).toBe('A');
    expect(await writes.write('w', 'b')).toBe('B');
    expect(sent).toEqual([['a'], ['b']]);
  });

  it('go together when they came while another was under way, and each gets its own answer', async () => {
    const sent: Sent = [];
    expect(await behind(writesTo(sent), 'a', 'b', 'c')).toEqual(['A', 'B', 'C']);
    expect(sent).toEqual([['0'], ['a', 'b', 'c']]);
  });

  it('go one after the other, in their order, when they decide about the same', async () => {
    const sent: Sent = [];
    await behind(writesTo(sent), 'a1', 'b1', 'a2', 'a3', 'b2', 'c1');
    expect(sent).toEqual([['0'], ['a1', 'b1', 'c1'], ['a2', 'b2'], ['a3']]);
  });

  it('are tried alone when they were left out, or when all of them were refused', async () => {
    const leavesOut: Sent = [];
    const one = writesTo(leavesOut, {
      together: (_id, writes) => Promise.resolve(writes.map((w) => (w === 'b' ? null : w))),
    });
    expect(await behind(one, 'a', 'b', 'c')).toEqual(['a', 'B', 'c']);
    expect(leavesOut).toEqual([['0'], ['b']]);

    const refuses: Sent = [];
    const refusal = Object.assign(new pg.DatabaseError('no', 2, 'error'), { severity: 'ERROR' });
    const two = writesTo(refuses, { together: () => Promise.reject(refusal) });
    expect(await behind(two, 'a', 'b')).toEqual(['A', 'B']);
    expect(refuses).toEqual([['0'], ['a'], ['b']]);
  });

  it('are not tried again when nobody knows whether they were committed', async () => {
    const sent: Sent = [];
    const broken = writesTo(sent, { together: () => Promise.reject(new Error('Connection terminated')) });
    const failed = 'Error: Connection terminated';
    expect(await behind(broken, 'a', 'b')).toEqual([failed, failed]);
    expect(sent).toEqual([['0']]);
  });

  it('do not wait for those of another workspace', async () => {
    const never = new Promise<string>(() => undefined);
    const writes = writesTo([], { alone: (id, write) => (id === 'slow' ? never : Promise.resolve(write)) });
    void writes.write('slow', 'a');
    void writes.write('slow', 'b');
    expect(await writes.write('w', 'a')).toBe('a');
  });

  it('wait a second at most for one that does not end', async () => {
    const sent: Sent = [];
    const never = new Promise<string>(() => undefined);
    const writes = writesTo(sent, {
      alone: (_id, write) => {
        sent.push([write]);
        return write === 'stuck' ? never : Promise.resolve(write);
      },
    });
    void writes.write('w', 'stuck');
    await new Promise((resolve) => setImmediate(resolve));
    const startedMs = performance.now();
    expect(await all(writes, 'a', 'b')).toEqual(['a', 'b']);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(sent).toEqual([['stuck'], ['a'], ['b']]);
  });

  it('are each carried out once, at most 32 together, none before an earlier one about the same', async () => {
    const arrivals = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.boolean()), {
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async (given) => {
        const sent: Sent = [];
        const writes = writesTo(sent, { keysOf: (write) => [write.slice(0, 1 + (write.length % 3))] });
        const answers: Promise<string>[] = [];
        for (const [at, [key, pauses]] of given.entries()) {
          answers.push(writes.write('w', `${key}${at}`));
          if (pauses) await new Promise((resolve) => setImmediate(resolve));
        }
        expect(await Promise.all(answers)).toEqual(given.map(([key], at) => `${key.toUpperCase()}${at}`));
        expect(sent.flat().toSorted()).toEqual(given.map(([key], at) => `${key}${at}`).toSorted());
        expect(Math.max(0, ...sent.map(({ length }) => length))).toBeLessThanOrEqual(32);
        const keyOf = (write: string) => write.slice(0, 1 + (write.length % 3));
        const batchOf = new Map(sent.flatMap((batch, at) => batch.map((write) => [write, at] as const)));
        const last = new Map<string, number>();
        for (const [at, [key]] of given.entries()) {
          const batch = batchOf.get(`${key}${at}`) ?? -1;
          expect(batch).toBeGreaterThan(last.get(keyOf(`${key}${at}`)) ?? -1);
          last.set(keyOf(`${key}${at}`), batch);
        }
      }),
      cases(50),
    );
  });
});
