import {
  type Context,
  ROOT_CONTEXT,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '../config/tracing-settings.ts';
import { minutes, seconds } from '../errors/duration.ts';
import type { SpanKind, Tracer } from './spans.ts';

/** The collector is missing for as long as it is missing: that is said once in this time. */
const sayEveryMs = minutes(1);
/** The first lost span is seldom alone. */
const gatheredForMs = seconds(1);

const kinds: Readonly<Record<SpanKind, Kind>> = {
  server: Kind.SERVER,
  client: Kind.CLIENT,
  consumer: Kind.CONSUMER,
  internal: Kind.INTERNAL,
};

/** The library takes its variables as they stand. Everywhere else, blanks around a setting do not count. */
function trimExporterVariables(): void {
  for (const [name, value] of Object.entries(process.env))
    if (name.startsWith('OTEL_EXPORTER_OTLP_') && value !== undefined) process.env[name] = value.trim();
}

/** OpenTelemetry's own library, behind our spans. It is not registered for all of the process: nothing else uses it. */
export function openTelemetry(
  settings: TracingSettings,
  say: (line: string) => void,
): { tracer: Tracer; shutdown: () => Promise<void> } {
  const { everyMs, exportMaxMs, queueMax, batchMax } = settings.batches;
  const losses = new Losses(say);
  trimExporterVariables();
  const waiting = new WaitingSpans(queueMax, losses);
  const batches = new BatchSpanProcessor({
    exporter: heard(new OTLPTraceExporter(), waiting, losses),
    scheduledDelayMillis: everyMs,
    exportTimeoutMillis: exportMaxMs,
    maxQueueSize: queueMax,
    maxExportBatchSize: batchMax,
  });
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    resource: resourceFromAttributes({ 'service.name': 'user-provisioning' }).merge(
      detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }),
    ),
    spanProcessors: [waiting.before(batches)],
  });
  const made = provider.getTracer('user-provisioning');
  const tracer: Tracer = {
    start({ name, kind = 'internal', attributes = {} }, parent) {
      const span = made.startSpan(name, { kind: kinds[kind], attributes }, contextOf(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        add: (more) => void span.setAttributes(more),
        rename: (other) => void span.updateName(other),
        end: (fault) => {
          if (fault !== undefined) {
            span.setStatus({ code: SpanStatusCode.ERROR });
            span.setAttribute('error.type', fault);
          }
          span.end();
        },
      };
    },
  };
  const shutdown = async () => {
    losses.sayNow();
    await provider.shutdown().catch(() => undefined);
    losses.sayNow();
  };
  return { tracer, shutdown };
}

/** A parent by what a request carries: its trace goes on. */
function contextOf(parent: string | null): Context {
  if (parent === null) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = '00'] = parent.split('-');
  const traceFlags = Number.parseInt(flags, 16) & 1;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  const root = sampler.endsWith('always_on')
    ? new AlwaysOnSampler()
    : sampler.endsWith('always_off')
      ? new AlwaysOffSampler()
      : new TraceIdRatioBasedSampler(ratio);
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}

/** How an exporter says that it was done (`ExportResultCode.SUCCESS` of its library). */
const taken = 0;

/** Tells how many spans were lost since it was last said: in a moment, and then once a minute. */
class Losses {
  private readonly say: (line: string) => void;
  private lost = 0;
  private saidAtMs = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  add(count: number): void {
    this.lost += count;
    const againInMs = this.saidAtMs + sayEveryMs - performance.now();
    this.timer ??= setTimeout(() => this.sayNow(), Math.max(againInMs, gatheredForMs)).unref();
  }

  sayNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { lost } = this;
    if (lost === 0) return;
    [this.lost, this.saidAtMs] = [0, performance.now()];
    const what = lost === 1 ? '1 span, which is lost' : `${lost} spans, which are lost`;
    this.say(`The collector of OTEL_EXPORTER_OTLP_ENDPOINT did not take ${what}`);
  }
}

/** Counts what waits to be sent, as the library does: it drops what is beyond its queue, and says so to nobody. */
class WaitingSpans {
  private count = 0;
  private readonly max: number;
  private readonly losses: Losses;

  constructor(max: number, losses: Losses) {
    this.max = max;
    this.losses = losses;
  }

  before(batches: SpanProcessor): SpanProcessor {
    return {
      onStart: (span, parent) => batches.onStart(span, parent),
      onEnd: (span) => {
        if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) {
          if (this.count < this.max) this.count += 1;
          else this.losses.add(1);
        }
        batches.onEnd(span);
      },
      forceFlush: () => batches.forceFlush(),
      shutdown: () => batches.shutdown(),
    };
  }

  taken(count: number): void {
    this.count -= count;
  }
}

/** An exporter whose failures are told of. */
function heard(exporter: SpanExporter, waiting: WaitingSpans, losses: Losses): SpanExporter {
  return {
    export: (spans, done) => {
      waiting.taken(spans.length);
      exporter.export(spans, (result) => {
        if (Number(result.code) !== taken) losses.add(spans.length);
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
