import { describe, expect, it } from '@jest/globals';
import { raw } from './sql.ts';
import { type PipelinedConnection, pipelined } from './statement-pipeline.ts';

/** A connection that says what reached it and answers one after the other; what is called `bad` fails. */
function connection() {
  const sent: string[] = [];
  let underWay = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const fake: PipelinedConnection = {
    pipeline: false,
    tellAtCommit: () => undefined,
    beforeCommit: () => undefined,
    query: (sql) => {
      sent.push(sql);
      underWay += 1;
      const answer = turn.then(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        if (sql === 'bad') throw new Error('bad');
        if (sent.slice(0, sent.indexOf(sql)).includes('bad')) throw new Error('transaction is aborted');
        return { rows: [sql], rowCount: 1 };
      });
      turn = answer.catch(() => undefined);
      return answer;
    },
  };
  return { fake, sent, underWay: () => underWay };
}

describe('statements of a transaction', () => {
  it('are sent at once in the order in which they were asked for, each with its own answer', async () => {
    const { fake, sent } = connection();
    const answers = await pipelined(fake, async (db) => {
      const asked = Promise.all(['a', 'b', 'c'].map((sql) => db.run(raw(sql))));
      expect(sent).toEqual(['a', 'b', 'c']);
      expect(fake.pipeline).toBe(true);
      return asked;
    });
    expect(answers.map(({ rows }) => rows)).toEqual([['a'], ['b'], ['c']]);
    expect(fake.pipeline).toBe(false);
  });

  it('fail with the first that failed, and none is sent behind it', async () => {
    const { fake, sent } = connection();
    const reasons: unknown[] = [];
    const work = pipelined(fake, async (db) => {
      const asked = ['a', 'bad', 'c'].map((sql) => db.run(raw(sql)));
      for (const { reason } of (await Promise.allSettled(asked)) as { reason?: unknown }[])
        reasons.push(reason);
      await db.run(raw('d'));
    });
    await expect(work).rejects.toThrow('bad');
    expect(reasons.slice(1)).toEqual([new Error('bad'), new Error('bad')]);
    expect(sent).toEqual(['a', 'bad', 'c']);
  });

  it('tell the first failure also to work that hears of a later one first', async () => {
    const { fake } = connection();
    const work = pipelined(fake, async (db) => {
      db.run(raw('bad')).catch(() => undefined);
      await db.run(raw('c'));
    });
    await expect(work).rejects.toThrow('bad');
  });

  it('tell the first failure also when the driver tells of a later one first', async () => {
    const answers: ((error: Error) => void)[] = [];
    const fake: PipelinedConnection = {
      pipeline: false,
      tellAtCommit: () => undefined,
      beforeCommit: () => undefined,
      query: () => new Promise((_, reject) => answers.push(reject)),
    };
    const work = pipelined(fake, (db) => Promise.all(['bad', 'c'].map((sql) => db.run(raw(sql)))));
    answers[1]?.(new Error('transaction is aborted'));
    setImmediate(() => answers[0]?.(new Error('bad')));
    await expect(work).rejects.toThrow('bad');
  });

  it('have all ended when the work itself fails, and none is sent afterwards', async () => {
    const { fake, sent, underWay } = connection();
    let late: Promise<unknown> = Promise.resolve();
    const work = pipelined(fake, async (db) => {
      const asked = ['a', 'b', 'c'].map((sql) => db.run(raw(sql)));
      for (const each of asked) each.catch(() => undefined);
      late = Promise.all(asked).then(() => db.run(raw('late')));
      late.catch(() => undefined);
      await asked[0];
      throw new Error('no plan');
    });
    await expect(work).rejects.toThrow('no plan');
    expect(underWay()).toBe(0);
    await expect(late).rejects.toThrow('no plan');
    expect(sent).toEqual(['a', 'b', 'c']);
  });
});
