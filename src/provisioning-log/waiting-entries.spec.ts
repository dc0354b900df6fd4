import { describe, expect, it } from '@jest/globals';
import type { LogEntry } from './log-entry.ts';
import { keptText } from './redact.ts';
import { WaitingEntries, waitingEntriesMax } from './waiting-entries.ts';

function entry(workspaceId: string, body?: unknown): LogEntry {
  return { workspaceId, at: new Date(0), body, answer: undefined } as unknown as LogEntry;
}

function countOf(entries: readonly LogEntry[], workspaceId: string): number {
  return entries.filter((each) => each.workspaceId === workspaceId).length;
}

describe('what waits for the provisioning log', () => {
  it('is bounded in number, and the busiest workspace loses', () => {
    const waiting = new WaitingEntries();
    for (let n = 0; n < 100; n += 1) waiting.add(entry('quiet'));
    for (let n = 0; n < 2 * waitingEntriesMax; n += 1) waiting.add(entry('loud'));
    expect(waiting.count).toBeLessThanOrEqual(waitingEntriesMax);
    expect(waiting.lost).toBe(2 * waitingEntriesMax + 100 - waiting.count);
    expect(countOf(waiting.take(waitingEntriesMax), 'quiet')).toBe(100);
  });

  it('is bounded in size: bodies become text, and beyond the limit a note', () => {
    const waiting = new WaitingEntries();
    const body = { text: 'x'.repeat(10_000) };
    for (let n = 0; n < 5_000; n += 1) waiting.add(entry('loud', { ...body }));
    const all = waiting.take(5_000);
    expect(all[0]!.body).toEqual(body);
    const texts = all.slice(1_000).map((each) => keptText(each.body).text);
    expect(texts[0]).toContain('xxx');
    expect(texts.at(-1)).toContain('not kept');
    expect(new Set(texts).size).toBe(2);
    expect(texts.filter((text) => text.includes('xxx')).length * 10_000).toBeLessThan(17 * 1024 * 1024);
  });

  it('has room again for the bodies of others when it was taken', () => {
    const waiting = new WaitingEntries();
    const fill = () => {
      for (let n = 0; n < 4_000; n += 1) waiting.add(entry('loud', { text: 'x'.repeat(10_000) }));
      return waiting.take(4_000).map((each) => keptText(each.body).text);
    };
    const kept = fill().filter((text) => text.includes('xxx')).length;
    expect(fill().filter((text) => text.includes('xxx'))).toHaveLength(kept);
  });

  it('comes first again when it was put back', () => {
    const waiting = new WaitingEntries();
    for (const name of ['a', 'b', 'c']) waiting.add(entry(name, { name }));
    waiting.putBack(waiting.take(2));
    expect(waiting.take(3).map(({ workspaceId }) => workspaceId)).toEqual(['a', 'b', 'c']);
  });
});
