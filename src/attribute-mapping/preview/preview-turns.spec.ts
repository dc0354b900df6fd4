import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { PreviewTurns, waitingPreviewsMax } from './preview-turns.ts';

describe('the previews of a workspace', () => {
  it('are made one after another, in the order in which they were asked for', async () => {
    const turns = new PreviewTurns();
    const log: string[] = [];
    const make = (name: string) => async () => {
      log.push(`${name} begins`);
      await setImmediate();
      log.push(`${name} ends`);
      return name;
    };
    const made = await Promise.all(['a', 'b', 'c'].map((name) => turns.take('w', make(name))));
    expect(made).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('do not wait for those of another, nor for one that failed', async () => {
    const turns = new PreviewTurns();
    let finish: () => void = () => undefined;
    const slow = turns.take('w', () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(turns.take('other', () => Promise.reject(new Error('bad rule')))).rejects.toThrow(
      'bad rule',
    );
    expect(await turns.take('other', () => Promise.resolve(1))).toBe(1);
    finish();
    await slow;
  });

  it('are refused when too many of the workspace wait', async () => {
    const turns = new PreviewTurns();
    let finish: () => void = () => undefined;
    const slow = turns.take('w', () => new Promise<void>((resolve) => (finish = resolve)));
    const waiting = Array.from({ length: waitingPreviewsMax }, () =>
      turns.take('w', () => Promise.resolve()),
    );
    await expect(turns.take('w', () => Promise.resolve())).rejects.toThrow(/under way/);
    expect(await turns.take('other', () => Promise.resolve(1))).toBe(1);
    finish();
    await Promise.all([slow, ...waiting]);
  });
});
