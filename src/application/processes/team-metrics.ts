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
  /** Of each worker that has ended, until they are added up. */
  readonly #ended: MetricList[] = [];
  #isAddingUp = false;
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
  keep(worker: number): void {
    const last = this.#last.get(worker);
    this.#last.delete(worker);
    if (last === undefined) return;
    this.#ended.push(onlyCounted(last));
    void this.#addUp();
  }

  /**
   * All metrics in the text format of Prometheus. Of a worker that does not answer in time, those are left out that rise and
   * fall; what it has counted is what it said last.
   */
  async text(): Promise<string> {
    const workers = this.#workers();
    const answers = await Promise.all(workers.map((worker) => this.#ask(worker)));
    const answered = answers.filter((list) => list !== null).length;
    this.#answers.set({ state: 'answered' }, answered);
    this.#answers.set({ state: 'silent' }, workers.length - answered);
    const own = await this.#registry.getMetricsAsJSON();
    // One that has ended meanwhile is among those that have ended, and not here.
    const lists = workers.map(({ id }, at) => {
      const last = this.#last.get(id) ?? [];
      return answers[at] === null ? onlyCounted(last) : last;
    });
    return AggregatorRegistry.aggregate([own, ...this.#ended, ...lists]).metrics();
  }

  /** Makes one list of those of all that have ended. Others may end meanwhile. */
  async #addUp(): Promise<void> {
    if (this.#isAddingUp) return;
    this.#isAddingUp = true;
    while (this.#ended.length > 1) {
      const sum = await AggregatorRegistry.aggregate(this.#ended.slice(0, 2)).getMetricsAsJSON();
      this.#ended.splice(0, 2, sum);
    }
    this.#isAddingUp = false;
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

/** What never falls. The type is a word in what `prom-client` lists, and a number in its types. */
function onlyCounted(list: MetricList): MetricList {
  const types: readonly unknown[] = ['counter', 'histogram'];
  return list.filter(({ type }) => types.includes(type));
}
