import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { noteRequest } from '../../http/pipeline/recent-requests.ts';
import { giveWay, restMaxMs } from './give-way.ts';

/** Longer than requests count as recent. */
const quietMs = 150;

describe('a run between two steps', () => {
  it('goes on at once when no more requests come in than of somebody who watches it', async () => {
    await sleep(quietMs);
    requestsCame(9);
    expect(await firstOf(giveWay(1_000))).toBe('run');
  });

  it('rests when many requests have just come in, for twice the time of the step', async () => {
    requestsCame(10);
    const begunMs = performance.now();
    expect(await firstOf(giveWay(10))).toBe('other work');
    requestsCame(10);
    await giveWay(10);
    expect(performance.now() - begunMs).toBeGreaterThan(2 * 10 - 1);
  });

  it('rests no longer for a step that took a minute', async () => {
    requestsCame(10);
    const winner = Promise.race([
      giveWay(60_000).then(() => 'run'),
      sleep(20 * restMaxMs, 'a long time', { ref: false }),
    ]);
    expect(await winner).toBe('run');
  });
});

function requestsCame(count: number): void {
  for (let n = 0; n < count; n += 1) noteRequest({} as Request, {} as Response, () => undefined);
}

/** What comes first: the next step of the run, or what waits for its turn in the process. */
function firstOf(resting: Promise<void>): Promise<string> {
  return Promise.race([resting.then(() => 'run'), setImmediate('other work')]);
}
