import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readTracing } from '../../src/config/tracing-settings.ts';
import { openTelemetry } from '../../src/tracing/open-telemetry.ts';
import { OtlpReceiver } from '../harness/otlp-receiver.ts';
import { eventually } from '../harness/synchronize.ts';

const collector = new OtlpReceiver();
const said: string[] = [];
const names = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TIMEOUT'] as const;
const before = names.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  await collector.listen();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '300';
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await collector.close();
});

/** Makes so many spans at once with room for ten. */
function traced(count: number) {
  const { tracer, shutdown } = openTelemetry(
    readTracing({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_MAX_QUEUE_SIZE: '10',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    }),
    (line) => said.push(line),
  );
  for (let n = 0; n < count; n += 1) tracer.start({ name: 'work' }, null).end();
  return { shutdown, tracer };
}

const lost = () =>
  said.reduce(
    (sum, line) => sum + Number(/did not take (\d+) spans, which are lost/.exec(line)?.[1] ?? 0),
    0,
  );

describe('the spans that are lost', () => {
  it('are all told of at the latest at the end: those without room, and those that the collector refused', async () => {
    collector.answering = (response) => response.writeHead(400).end();
    const { shutdown } = traced(35);
    await eventually(() => Promise.resolve(said[0] ?? null));
    await shutdown();
    expect(lost()).toBe(35);
  });

  it('are none when all were taken', async () => {
    said.length = 0;
    collector.answering = (response) => response.writeHead(200).end();
    const { shutdown, tracer } = traced(5);
    const came = collector.spans.length;
    await eventually(() => Promise.resolve(collector.spans.length >= came + 5 || null));
    for (let n = 0; n < 8; n += 1) tracer.start({ name: 'work' }, null).end();
    await shutdown();
    expect(said).toEqual([]);
  });
});
