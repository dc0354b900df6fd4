import type { Environment } from './setting-reader.ts';

export const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof samplers)[number];

/** How spans are gathered before they are sent, by OpenTelemetry's variables `OTEL_BSP_*`. */
export interface SpanBatches {
  everyMs: number;
  exportMaxMs: number;
  queueMax: number;
  batchMax: number;
}

/**
 * What OpenTelemetry's variables ask for.
 *
 * @property isOn whether spans are made and sent
 * @property says what is wrong with the settings, in one line each: as OpenTelemetry wants it, that never ends the start
 * @property sampler which traces are kept; `ratio` of them where it goes by chance
 */
export interface TracingSettings {
  isOn: boolean;
  says: readonly string[];
  sampler: SamplerName;
  ratio: number;
  batches: SpanBatches;
}

const protocolSpoken = 'http/protobuf';
const defaultSampler: SamplerName = 'parentbased_always_on';

/** Reads OpenTelemetry's variables. The address, headers and time limit of the collector are read by its library. */
export function readTracing(environment: Environment): TracingSettings {
  const given = (name: string) => environment[name]?.trim() || null;
  const says: string[] = [];
  const sampler = readSampler(given('OTEL_TRACES_SAMPLER'), says);
  const ratio = readNumber(given, 'OTEL_TRACES_SAMPLER_ARG', { default: 1, max: 1 }, says);
  const batchMax = readNumber(given, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', { default: 512, max: 10_000 }, says);
  const queueMax = readNumber(given, 'OTEL_BSP_MAX_QUEUE_SIZE', { default: 2_048, max: 100_000 }, says);
  const batches = {
    everyMs: readNumber(given, 'OTEL_BSP_SCHEDULE_DELAY', { default: 5_000, max: 600_000 }, says),
    exportMaxMs: readNumber(given, 'OTEL_BSP_EXPORT_TIMEOUT', { default: 30_000, max: 600_000 }, says),
    queueMax,
    batchMax: Math.min(batchMax, queueMax),
  };
  const isOn = asksForSpans(given, says);
  return { isOn, says: isAskedFor(given) ? says : [], sampler, ratio, batches };
}

type Given = (name: string) => string | null;

/** A variable of the exporter: that of traces alone, where it is given, before that of all that is exported. */
function ofExporter(given: Given, what: 'ENDPOINT' | 'PROTOCOL'): { name: string; value: string | null } {
  const ofTraces = `OTEL_EXPORTER_OTLP_TRACES_${what}`;
  const name = given(ofTraces) === null ? `OTEL_EXPORTER_OTLP_${what}` : ofTraces;
  return { name, value: given(name) };
}

function isAskedFor(given: Given): boolean {
  const isDisabled = given('OTEL_SDK_DISABLED')?.toLowerCase() === 'true';
  return (
    !isDisabled && ofExporter(given, 'ENDPOINT').value !== null && given('OTEL_TRACES_EXPORTER') !== 'none'
  );
}

function asksForSpans(given: Given, says: string[]): boolean {
  if (!isAskedFor(given)) return false;
  const exporter = given('OTEL_TRACES_EXPORTER') ?? 'otlp';
  const protocol = ofExporter(given, 'PROTOCOL');
  const endpoint = ofExporter(given, 'ENDPOINT');
  const refusal =
    exporter !== 'otlp'
      ? 'OTEL_TRACES_EXPORTER must be otlp or none'
      : protocol.value !== null && protocol.value !== protocolSpoken
        ? `${protocol.name} must be ${protocolSpoken}`
        : isHttpUrl(endpoint.value ?? '')
          ? null
          : `${endpoint.name} must be an http(s) URL such as http://collector:4318`;
  if (refusal !== null) says.push(`${refusal}: nothing is traced`);
  return refusal === null;
}

function isHttpUrl(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function readSampler(given: string | null, says: string[]): SamplerName {
  const known = samplers.find((name) => name === given);
  if (given !== null && known === undefined)
    says.push(`OTEL_TRACES_SAMPLER must be one of ${samplers.join(', ')}: ${defaultSampler} is used`);
  return known ?? defaultSampler;
}

function readNumber(
  given: Given,
  name: string,
  { default: usual, max }: { default: number; max: number },
  says: string[],
): number {
  const text = given(name);
  if (text === null) return usual;
  const number = Number(text);
  if (number >= 0 && number <= max && (max === 1 || (Number.isInteger(number) && number > 0))) return number;
  says.push(`${name} must be a number up to ${max}: ${usual} is used`);
  return usual;
}
