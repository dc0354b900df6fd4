import { describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.ts';

const never = new Promise<never>(() => undefined);

/** The lines that have a value, of our own metrics. */
async function lines(metrics: Metrics): Promise<string[]> {
  const text = await metrics.text();
  return text.split('\n').filter((line) => line.startsWith('provisioning_'));
}

describe('metrics', () => {
  it('have what was counted and what is read, with the labels that have a value', async () => {
    const metrics = new Metrics();
    metrics.counter('provisioning_things_total', { help: 'Things.', labels: ['kind'] }).inc({ kind: 'a' }, 2);
    const gauges = {
      provisioning_depth: { help: 'Depth.', labels: ['of'] },
      provisioning_age: { help: 'Age.' },
    };
    metrics.gauges('some', gauges, () =>
      Promise.resolve({ provisioning_depth: [{ labels: { of: 'x' }, value: 3 }], provisioning_age: 0 }),
    );
    expect(await lines(metrics)).toEqual([
      'provisioning_things_total{kind="a"} 2',
      'provisioning_depth{of="x"} 3',
      'provisioning_age 0',
    ]);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['does not end', () => never],
  ])('leave out what %s, say so, and have the rest', async (_, read) => {
    const metrics = new Metrics();
    metrics.gauges('broken', { provisioning_broken: { help: 'Broken.' } }, read);
    metrics.gauges('sound', { provisioning_sound: { help: 'Sound.' } }, () =>
      Promise.resolve({ provisioning_sound: 7 }),
    );
    const found = await lines(metrics);
    expect(found).toContain('provisioning_sound 7');
    expect(found).toContain('provisioning_metrics_read_failures_total{group="broken"} 1');
    expect(found.filter((line) => line.startsWith('provisioning_broken'))).toEqual([]);
  });

  it('are read once for everybody who asks at the same time', async () => {
    const metrics = new Metrics();
    let reads = 0;
    metrics.gauges('slow', { provisioning_slow: { help: 'Slow.' } }, () => {
      reads += 1;
      return Promise.resolve({ provisioning_slow: reads });
    });
    await Promise.all([metrics.text(), metrics.text(), metrics.text()]);
    expect(reads).toBe(1);
  });
});
