import { AggregatorRegistry, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { seconds } from '../../errors/duration.ts';
import type { MetricList } from '../../metrics/metrics.ts';
import type { ToWorker } from './messages.ts';

/** Longer than a worker reads at most. */
const listedWithinMs = seconds(3);

/** A worker that can be asked for its metrics. */
export interface AskedWorker {
  readonly id: number;
  send(message: ToWorker): void;
}

/**
 * The metrics of all processes behind one port, added up. What a worker that has ended had counted stays counted, as it was
 * when somebody asked last: a counter that falls looks like a new start to Prometheus, which would then count everything of
 * the others again.
 */
export class TeamMetrics {
  readonly contentType: string;
  readonly #registry = new Registry();
  readonly #answers: Gauge;
  readonly #restarts: Gauge;
  readonly #waiting = new Map<string, (list: MetricList) => void>();
  readonly #last = new Map<number, MetricList>();
  #ended: MetricList = [];
  #asks = 0;
  #workers: () => readonly AskedWorker[] = () => [];

  constructor() {
    this.contentType = this.#registry.contentType;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#answers = new Gauge({
      name: 'provisioning_workers',
      help: 'Processes behind the port, by whether they answered in time with their metrics.',
      labelNames: ['state'],
      registers,
    });
    this.#restarts = new Gauge({
      name: 'provisioning_worker_replacements',
      help: 'Processes behind the port that ended unexpectedly and were replaced.',
      registers,
    });
    this.#restarts.set(0);
  }

  /** Says which workers to ask. */
  of(workers: () => readonly AskedWorker[]): void {
    this.#workers = workers;
  }

  noteReplacement(): void {
    this.#restarts.inc();
  }

  /** What a worker answered. */
  take(worker: number, ask: number, list: MetricList): void {
    this.#last.set(worker, list);
    this.#waiting.get(`${worker} ${ask}`)?.(list);
  }

  /** Keeps what a worker that has ended had counted. */
  async keep(worker: number): Promise<void> {
    const last = this.#last.get(worker);
    this.#last.delete(worker);
    if (last === undefined) return;
    const counted = last.filter(({ type }) => isCounted(type));
    this.#ended = await AggregatorRegistry.aggregate([this.#ended, counted]).getMetricsAsJSON();
  }

  /** All metrics in the text format of Prometheus; those of a worker that does not answer in time are left out. */
  async text(): Promise<string> {
    const workers = this.#workers();
    const lists = await Promise.all(workers.map((worker) => this.#ask(worker)));
    const answered = lists.filter((list) => list !== null);
    this.#answers.set({ state: 'answered' }, answered.length);
    this.#answers.set({ state: 'silent' }, workers.length - answered.length);
    const own = await this.#registry.getMetricsAsJSON();
    return AggregatorRegistry.aggregate([own, this.#ended, ...answered]).metrics();
  }

  async #ask(worker: AskedWorker): Promise<MetricList | null> {
    const ask = (this.#asks += 1);
    const key = `${worker.id} ${ask}`;
    const answer = new Promise<MetricList>((resolve) => this.#waiting.set(key, resolve));
    worker.send({ kind: 'list-metrics', ask });
    const list = await Promise.race([answer, sleep(listedWithinMs, null, { ref: false })]);
    this.#waiting.delete(key);
    return list;
  }
}

/** The type is a word in what `prom-client` lists, and a number in its types. */
function isCounted(type: unknown): boolean {
  return type === 'counter' || type === 'histogram';
}
