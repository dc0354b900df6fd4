import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { minutes, seconds } from '../../errors/duration.ts';
import { closeLostConnections } from './lost-connections.ts';
import { type FromWorker, readFromWorker, type ToWorker } from './messages.ts';
import { TeamMetrics } from './team-metrics.ts';

const replacedFirstAfterMs = 100;
const replacedLastAfterMs = seconds(30);
/** A worker that lived so long has not failed to start: the next one is started without hurry again. */
const soundAfterMs = minutes(1);
/** Without a word for so long, a worker does nothing any more, or nothing else. */
const silentMaxMs = seconds(30);
/** The same of one that does not listen yet: what it starts with may take some time on a machine that is busy. */
const startSilentMaxMs = minutes(2);
const lookEveryMs = seconds(5);
/** A stop takes less than ten seconds after its delay. */
const stopsWithinMs = seconds(15);
/** Somebody who tells all processes to stop has told the first one within this time, too. */
const signalsTogetherMs = 100;

export interface TeamOptions {
  size: number;
  /** The program that the workers run. */
  program: string;
  databaseUrl: string;
  shutdownDelayMs: number;
  log: Logger;
}

interface Member {
  worker: Worker;
  sinceMs: number;
  heardAtMs: number;
  isLeaving: boolean;
  /** Another one has taken its place already. */
  isReplaced: boolean;
  isListening: boolean;
  ended: Promise<void>;
}

/** How a worker ended that never listened. */
export class WorkerStartError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('A process behind the port did not start.');
    this.exitCode = exitCode;
  }
}

/**
 * The processes behind one port, over `node:cluster`: connections go to one after another. One that dies is replaced, at
 * first at once, then after longer and longer pauses; one that does not speak any more is ended.
 */
export class Team {
  readonly metrics = new TeamMetrics();
  readonly #options: TeamOptions;
  readonly #members = new Map<number, Member>();
  #failures = 0;
  #isStopping = false;
  #rolling: Promise<void> | null = null;

  constructor(options: TeamOptions) {
    this.#options = options;
    cluster.setupPrimary({ exec: options.program });
    // Each worker its turn, where the kernel would prefer some.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    this.metrics.of(() =>
      [...this.#members.values()].filter(({ isListening }) => isListening).map(({ worker }) => asked(worker)),
    );
    setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /**
   * Starts the workers: the first one alone, so that what is wrong is said once.
   *
   * @returns the port that they listen on
   * @throws WorkerStartError when one does not listen
   */
  async start(): Promise<number> {
    const port = await this.#add();
    await Promise.all(Array.from({ length: this.#options.size - 1 }, () => this.#add()));
    return port;
  }

  /** Replaces the workers one after another: a new one listens before an old one stops. One that does not start ends it. */
  roll(): Promise<void> {
    return (this.#rolling ??= this.#rollAll().finally(() => (this.#rolling = null)));
  }

  /** Stops all in good order; what does not stop in time is killed. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#members.values()].map((member) => this.#dismiss(member, true)));
  }

  /** Ends all at once. */
  kill(): void {
    this.#isStopping = true;
    for (const { worker } of this.#members.values()) worker.process.kill('SIGKILL');
  }

  async #rollAll(): Promise<void> {
    const { log } = this.#options;
    log.info('Replacing the processes behind the port, one after another');
    for (const member of [...this.#members.values()]) {
      if (this.#isStopping || member.isLeaving) continue;
      try {
        await this.#add();
      } catch {
        log.error('A new process did not start; the others stay');
        return;
      }
      member.isReplaced = true;
      await this.#dismiss(member, false);
    }
    log.info('The processes behind the port are new');
  }

  /** @returns the port, once the new worker listens; rejects when it ends before */
  #add(): Promise<number> {
    if (this.#isStopping) return Promise.reject(new WorkerStartError(0));
    const worker = cluster.fork();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const { promise: listens, resolve, reject } = Promise.withResolvers<number>();
    const now = performance.now();
    const member: Member = {
      worker,
      sinceMs: now,
      heardAtMs: now,
      isLeaving: false,
      isReplaced: false,
      isListening: false,
      ended,
    };
    this.#members.set(worker.id, member);
    worker.on('message', (received: unknown) => this.#hear(member, readFromWorker(received)));
    worker.on('error', () => {
      // A message to one that has just ended.
      if (worker.process.pid !== undefined) return;
      // The machine had no process to give: then Node tells of no end.
      this.#members.delete(worker.id);
      end();
      reject(new WorkerStartError(1));
    });
    tell(worker, { kind: 'start', databaseUrl: this.#options.databaseUrl });
    worker.once('listening', ({ port }) => {
      member.isListening = true;
      member.heardAtMs = performance.now();
      resolve(port);
    });
    worker.once('exit', (code, signal) => {
      this.#members.delete(worker.id);
      this.metrics.keep(worker.id);
      closeLostConnections();
      end();
      reject(new WorkerStartError(code || 1));
      if (member.isListening) this.#replace(member, signal || `code ${code}`);
    });
    return listens;
  }

  #replace({ worker, sinceMs, isLeaving, isReplaced }: Member, how: string): void {
    if (this.#isStopping || isReplaced) return;
    const livedMs = performance.now() - sinceMs;
    const afterMs = this.#pauseMs(livedMs, isLeaving);
    const { log } = this.#options;
    const who = `Process ${worker.process.pid} behind the port`;
    if (isLeaving) log.info(`${who} was told to stop; another takes its place`);
    else {
      log.error(`${who} ended unexpectedly (${how}); another takes its place in ${afterMs} ms`);
      this.metrics.noteReplacement();
    }
    void this.#addAfter(afterMs);
  }

  #pauseMs(livedMs: number, wasToldTo: boolean): number {
    if (wasToldTo || livedMs > soundAfterMs) this.#failures = 0;
    const pauseMs = Math.min(replacedFirstAfterMs * 2 ** this.#failures, replacedLastAfterMs);
    this.#failures += 1;
    return pauseMs;
  }

  /** Until one listens: with fewer the service goes on, but not for good. */
  async #addAfter(firstMs: number): Promise<void> {
    for (let afterMs = firstMs; ; afterMs = this.#pauseMs(0, false)) {
      await sleep(afterMs);
      if (this.#isStopping) return;
      try {
        await this.#add();
        return;
      } catch {
        if (!this.#isStopping)
          this.#options.log.error('A process behind the port did not start; trying again');
      }
    }
  }

  #hear(member: Member, message: FromWorker | null): void {
    if (message === null) return;
    const { worker } = member;
    member.heardAtMs = performance.now();
    switch (message.kind) {
      case 'counted':
        for (const other of this.#members.values()) if (other !== member) tell(other.worker, message);
        break;
      case 'joined':
        this.#tellCountsTo(member);
        break;
      case 'counted-so-far':
        this.#pass(message);
        break;
      case 'ask-metrics':
        void this.metrics.text().then(
          (text) => tell(worker, { kind: 'metrics', ask: message.ask, text }),
          () => tell(worker, { kind: 'metrics', ask: message.ask, text: null }),
        );
        break;
      case 'metric-list':
        this.metrics.take(worker.id, message.ask, message.list);
        break;
      case 'signalled':
        void this.#dismissAlone(member);
        break;
      case 'pulse':
        if (message.isLost) this.#giveUp(member, 'does not hear from the database any more');
    }
  }

  /** One of the others knows what all have counted. */
  #tellCountsTo(member: Member): void {
    const other = [...this.#members.values()].find((each) => each !== member && each.isListening);
    if (other !== undefined) tell(other.worker, { kind: 'list-counted', to: member.worker.id });
  }

  #pass({ to, counted }: Extract<FromWorker, { kind: 'counted-so-far' }>): void {
    const member = this.#members.get(to);
    if (member !== undefined) tell(member.worker, { kind: 'counted', counted });
  }

  #look(): void {
    const now = performance.now();
    for (const { worker, isListening, heardAtMs } of this.#members.values())
      if (now - heardAtMs > (isListening ? silentMaxMs : startSilentMaxMs)) {
        this.#options.log.error(`Process ${worker.process.pid} behind the port is silent: ended`);
        worker.process.kill('SIGKILL');
      }
  }

  #giveUp(member: Member, why: string): void {
    if (member.isLeaving || this.#isStopping) return;
    this.#options.log.error(`Process ${member.worker.process.pid} behind the port ${why}`);
    void this.#dismiss(member, false);
  }

  /** Unless all are told to stop together. */
  async #dismissAlone(member: Member): Promise<void> {
    await sleep(signalsTogetherMs);
    if (!this.#isStopping) await this.#dismiss(member, false);
  }

  async #dismiss(member: Member, delayed: boolean): Promise<void> {
    const { worker, ended } = member;
    member.isLeaving = true;
    tell(worker, { kind: 'stop', delayed });
    const withinMs = stopsWithinMs + (delayed ? this.#options.shutdownDelayMs : 0);
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), withinMs);
    await ended;
    clearTimeout(timer);
  }
}

function asked(worker: Worker): { id: number; send: (message: ToWorker) => void } {
  return { id: worker.id, send: (message) => tell(worker, message) };
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
