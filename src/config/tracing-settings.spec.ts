import { describe, expect, it } from '@jest/globals';
import { readTracing } from './tracing-settings.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('the variables of OpenTelemetry', () => {
  it('trace nothing unless a collector is named, and it is not switched off', () => {
    for (const environment of [
      {},
      { OTEL_SERVICE_NAME: 'x', OTEL_TRACES_EXPORTER: 'otlp' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' },
      { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
      { OTEL_TRACES_SAMPLER: 'nonsense' },
    ])
      expect(readTracing(environment)).toMatchObject({ isOn: false, says: [] });
    expect(readTracing(endpoint)).toMatchObject({ isOn: true, says: [], sampler: 'parentbased_always_on' });
    const ofTraces = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/v1/traces' };
    expect(readTracing(ofTraces).isOn).toBe(true);
  });

  it('that ask for what there is not are told of by their names, and never end the start', () => {
    for (const [name, value] of [
      ['OTEL_TRACES_EXPORTER', 'zipkin'],
      ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
      ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/json'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
      ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'collector:4318'],
    ] as const) {
      const { isOn, says } = readTracing({ ...endpoint, [name]: value });
      expect({ name, isOn, says }).toMatchObject({
        isOn: false,
        says: [expect.stringContaining(`${name} must be`)],
      });
      expect(says.join()).not.toMatch(/zipkin|grpc|json/);
    }
    const { isOn, says, sampler, ratio, batches } = readTracing({
      ...endpoint,
      OTEL_TRACES_SAMPLER: 'sometimes',
      OTEL_TRACES_SAMPLER_ARG: '7',
      OTEL_BSP_MAX_QUEUE_SIZE: '-1',
    });
    expect({ isOn, sampler, ratio }).toEqual({ isOn: true, sampler: 'parentbased_always_on', ratio: 1 });
    expect(batches.queueMax).toBe(2_048);
    expect(says).toHaveLength(3);
  });

  it('choose which traces are kept, and how they are sent', () => {
    const settings = readTracing({
      ...endpoint,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BSP_MAX_QUEUE_SIZE: '50',
    });
    expect(settings).toMatchObject({ sampler: 'parentbased_traceidratio', ratio: 0.25 });
    expect(settings.batches).toMatchObject({ everyMs: 100, queueMax: 50, batchMax: 50 });
  });
});
