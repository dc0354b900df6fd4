import { describe, expect, it } from '@jest/globals';
import { statementsInTurn } from './in-turn.ts';
import type { Queryable } from './queryable.ts';

/** A connection that says what reached it; what is called `bad` fails. */
function connection(): { db: Queryable; sent: string[]; under: () => number; underAtMost: () => number } {
  const sent: string[] = [];
  let underWay = 0;
  let most = 0;
  const query = async <T>(sql: string): Promise<T> => {
    sent.push(sql);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    if (sql === 'bad') throw new Error('bad');
    return sql as T;
  };
  return { db: { query }, sent, under: () => underWay, underAtMost: () => most };
}

describe('statements of a transaction', () => {
  it('are sent one by one in the order in which they were asked for, each with its own answer', async () => {
    const { db, sent, underAtMost } = connection();
    const answers = await statementsInTurn(db, (turn) =>
      Promise.all(['a', 'b', 'c'].map((sql) => turn.query<string>(sql))),
    );
    expect(underAtMost()).toBe(1);
    expect([answers, sent]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });

  it('are not sent any more behind one that failed', async () => {
    const { db, sent } = connection();
    const work = statementsInTurn(db, (turn) => Promise.all(['a', 'bad', 'c'].map((sql) => turn.query(sql))));
    await expect(work).rejects.toThrow('bad');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual(['a', 'bad']);
  });

  it('are not sent any more when the work itself fails, and what was under way has ended by then', async () => {
    const { db, sent, under } = connection();
    const work = statementsInTurn(db, async (turn) => {
      const asked = ['a', 'b', 'c'].map((sql) => turn.query(sql));
      for (const each of asked) each.catch(() => undefined);
      await asked[0];
      throw new Error('no plan');
    });
    await expect(work).rejects.toThrow('no plan');
    expect(under()).toBe(0);
    const reached = [...sent];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual(reached);
    expect(sent).not.toContain('c');
  });
});
