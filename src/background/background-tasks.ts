import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { allNodesEveryMs, Distribution } from '../database/distributed.ts';
import { inLane } from '../database/lanes/task.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { BackgroundTask, type BackgroundWork } from './background-task.ts';

const goldenRatio = (1 + Math.sqrt(5)) / 2;

/**
 * All work that no request waits for, started and stopped in one place: what repeats itself (`every`), and what runs
 * for a while because somebody asked for it (`run`). Once the process ends, nothing begins any more, and the process
 * waits for what is under way.
 */
@Injectable()
export class BackgroundTasks implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('BackgroundTask');
  private readonly end = new AbortController();
  private readonly tasks: BackgroundTask[] = [];
  private readonly askingAllNodes: BackgroundTask[] = [];
  private readonly running = new Set<Promise<void>>();

  private readonly failed: (task: string) => void;

  constructor(
    private readonly scheduler: SchedulerRegistry,
    private readonly faults: PassingFaultLog,
    metrics: Metrics,
    private readonly distribution: Distribution,
  ) {
    const failures = metrics.counter('provisioning_background_failures_total', {
      help: 'How often work that no request waits for failed; it is tried again.',
      labels: ['task'],
    });
    this.failed = (task) => failures.inc({ task: task.replace(/ \(\d+ of \d+\)$/, '') });
  }

  /** Aborted when the process ends: work that waits stops waiting. */
  get ending(): AbortSignal {
    return this.end.signal;
  }

  /** Whether the process ends. */
  get isEnding(): boolean {
    return this.end.signal.aborted;
  }

  /**
   * Repeats work from the start of the process to its end. Call it in a constructor: all tasks start together, when
   * every module is ready.
   */
  every(work: BackgroundWork): BackgroundTask {
    const { scheduler, faults, failed, logger } = this;
    const task = new BackgroundTask(work, { scheduler, faults, failed, logger, signal: this.end.signal });
    this.tasks.push(task);
    if (work.asksAllNodes) this.askingAllNodes.push(task);
    return task;
  }

  /**
   * Runs work that outlives the request that asked for it.
   *
   * @param work what to do; it ends early when the signal is aborted, and handles its own failures
   * @returns settles with the work; never rejects
   */
  run(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const run = inLane('background', () => work(this.end.signal))
      .catch((error: unknown) => {
        this.failed(name);
        this.faults.report(error, name, this.logger);
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
    return run;
  }

  /**
   * A dozen tasks look every second. They look one after the other: all at once, they would take the connections and the
   * processors from the requests of that moment. Multiples of the golden ratio lie far apart, however many there are.
   */
  onApplicationBootstrap(): void {
    for (const [at, task] of this.tasks.entries()) task.start((at * goldenRatio) % 1);
    void inLane('background', () => this.spareNodes());
  }

  /** Should the database not say whether it is distributed, it is asked as often as another one. */
  private async spareNodes(): Promise<void> {
    if (!(await this.distribution.isDistributed().catch(() => false))) return;
    for (const task of this.askingAllNodes) task.restFor(allNodesEveryMs);
  }

  async onModuleDestroy(): Promise<void> {
    this.end.abort();
    await Promise.all([...this.tasks.map((task) => task.end()), ...this.running]);
  }
}
