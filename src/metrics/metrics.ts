import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';

/** What was read: of a gauge with labels, one value for each combination of them. */
export interface Reading {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

/**
 * A gauge whose value is read when somebody asks.
 *
 * @property ofProcess whether each process has a value of its own, so that those of several are added. Otherwise they read
 *   the same, from the database
 */
export interface GaugeWords {
  help: string;
  labels?: readonly string[];
  ofProcess?: boolean;
}

/** All metrics of a process as `prom-client` adds them up. */
export type MetricList = readonly MetricObjectWithValues<MetricValue<string>>[];

interface ReadGauge {
  gauge: Gauge;
  hasLabels: boolean;
}

interface Reader {
  name: string;
  gauges: ReadonlyMap<string, ReadGauge>;
  read: () => Promise<Readonly<Record<string, number | readonly Reading[]>>>;
}

/** Most of what a reader may take; what it reads is then left out, and the answer says so by a counter. */
const readWithinMs = 2_000;

/** So long an answer serves everybody who asks: nobody can make the database work by asking often. */
const freshForMs = 1_000;

/**
 * The numbers of this process for Prometheus. Rooms make counters and histograms, and count as things happen; what the
 * database knows is read when somebody asks.
 *
 * Names follow Prometheus: `provisioning_` and the unit. Labels are words of the code; never a workspace, a person or
 * anything else that a client can invent, because each value costs memory for as long as the process lives.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly readers: Reader[] = [];
  private readonly failures: Counter;
  private last: { atMs: number; text: Promise<string> } | null = null;
  private isWhole = false;
  private readTogether: (() => Promise<string>) | null = null;

  constructor() {
    this.failures = this.counter('provisioning_metrics_read_failures_total', {
      help: 'How often a group of metrics could not be read within two seconds, and was left out.',
      labels: ['group'],
    });
  }

  /** Something that is counted from the start of the process on. */
  counter(name: string, { help, labels = [] }: GaugeWords): Counter {
    return new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** Something that takes time. @param buckets upper bounds in seconds */
  histogram(name: string, { help, labels = [] }: GaugeWords, buckets: readonly number[]): Histogram {
    return new Histogram({
      name,
      help,
      labelNames: [...labels],
      buckets: [...buckets],
      registers: [this.registry],
    });
  }

  /**
   * Gauges that are read together.
   *
   * @param group names them in the counter of failures
   * @param read the values by gauge; may throw. What it does not name has no value
   */
  gauges<Name extends string>(
    group: string,
    gauges: Readonly<Record<Name, GaugeWords>>,
    read: () => Promise<Readonly<Partial<Record<Name, number | readonly Reading[]>>>>,
  ): void {
    const made = Object.entries<GaugeWords>(gauges).map(
      ([name, { help, labels = [], ofProcess = false }]) => {
        const gauge = new Gauge({
          name,
          help,
          labelNames: [...labels],
          registers: [this.registry],
          aggregator: ofProcess ? 'sum' : 'max',
        });
        return [name, { gauge, hasLabels: labels.length > 0 }] as const;
      },
    );
    this.readers.push({
      name: group,
      gauges: new Map(made),
      read: read as Reader['read'],
    });
  }

  /** The content type of {@link text}. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** From now on the text is that of all processes behind one port, which somebody else puts together. */
  answerTogether(read: () => Promise<string>): void {
    this.readTogether = read;
  }

  /**
   * All metrics in the text format of Prometheus. Never rejects because of what could not be read; rejects when they are put
   * together elsewhere, and nobody does.
   */
  async text(): Promise<string> {
    const now = performance.now();
    if (this.last === null || now - this.last.atMs > freshForMs)
      this.last = { atMs: now, text: this.readTogether?.() ?? this.readOwn() };
    return this.last.text;
  }

  /** The metrics of this process alone, to be added to those of others. */
  async list(): Promise<MetricList> {
    await this.readAll();
    return this.registry.getMetricsAsJSON();
  }

  private async readOwn(): Promise<string> {
    await this.readAll();
    return this.registry.metrics();
  }

  private async readAll(): Promise<void> {
    // Node's own (memory, event loop, collections) cost a timer; a process that nobody asks does without.
    if (!this.isWhole) collectDefaultMetrics({ register: this.registry });
    this.isWhole = true;
    await Promise.all(this.readers.map((reader) => this.readOne(reader)));
  }

  private async readOne({ name, gauges, read }: Reader): Promise<void> {
    const late = sleep(readWithinMs, null, { ref: false });
    const reading = Promise.resolve()
      .then(read)
      .catch(() => null);
    const values = await Promise.race([reading, late]);
    if (values === null) this.failures.inc({ group: name });
    for (const [of, gauge] of gauges) show(gauge, values?.[of]);
  }
}

/** What has no value is not there: 0 would be a value. */
function show({ gauge, hasLabels }: ReadGauge, value: number | readonly Reading[] | undefined): void {
  if (hasLabels) gauge.reset();
  else gauge.remove();
  if (typeof value === 'number') gauge.set(value);
  else for (const each of value ?? []) gauge.set({ ...each.labels }, each.value);
}
