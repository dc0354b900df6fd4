import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../errors/domain-errors.ts';
import { seconds } from '../../errors/duration.ts';
import type { RequestLimits } from '../../http/limits/request-limits.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { StatementPulse } from '../../database/statement-pulse.ts';
import { type FromWorker, readToWorker, type ToWorker } from './messages.ts';

/** How late other processes hear what one has counted. */
export const countsToldEveryMs = 100;
export const pulseEveryMs = seconds(1);
/** The first process waits less for its workers, so this one hears of it in any case. */
const metricsWithinMs = seconds(5);
/** The first process answers at once; where it does not, it has ended. */
const stopAnsweredWithinMs = seconds(1);

/** What a worker shares with the others. */
export interface SharedParts {
  limits: RequestLimits;
  metrics: Metrics;
  pulse: StatementPulse;
}

/** The line of a worker to the first process. Nobody else hears what is said on it. */
export class PrimaryLine {
  /** Where the database is; the first word of the first process. */
  readonly databaseUrl: Promise<string>;
  /** Resolves when this process is to end. */
  readonly toldToStop: Promise<{ delayed: boolean }>;
  readonly #asked = new Map<number, (text: string | null) => void>();
  #parts: SharedParts | null = null;
  #asks = 0;

  constructor() {
    const start = Promise.withResolvers<string>();
    const stop = Promise.withResolvers<{ delayed: boolean }>();
    this.databaseUrl = start.promise;
    this.toldToStop = stop.promise;
    process.on('message', (received: unknown) => {
      const message = readToWorker(received);
      if (message?.kind === 'start') start.resolve(message.databaseUrl);
      else if (message?.kind === 'stop') stop.resolve(message);
      else if (message !== null) this.#take(message);
    });
    const onSignal = () => {
      this.#send({ kind: 'signalled' });
      setTimeout(() => stop.resolve({ delayed: false }), stopAnsweredWithinMs).unref();
    };
    process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  }

  /** Begins to count with the others, to answer for all, and to say that this process works. */
  share(parts: SharedParts): void {
    this.#parts = parts;
    parts.limits.countTogether();
    parts.metrics.answerTogether(() => this.#askMetrics());
    setInterval(() => {
      const counted = parts.limits.takeUntold();
      if (counted.length > 0) this.#send({ kind: 'counted', counted });
    }, countsToldEveryMs).unref();
    this.#send({ kind: 'joined' });
    setInterval(() => this.#send({ kind: 'pulse', isLost: parts.pulse.isLost() }), pulseEveryMs).unref();
  }

  #take(message: ToWorker): void {
    if (message.kind === 'counted') this.#parts?.limits.addCounted(message.counted);
    if (message.kind === 'list-counted') {
      const counted = this.#parts?.limits.countedSoFar() ?? [];
      this.#send({ kind: 'counted-so-far', to: message.to, counted });
    }
    if (message.kind === 'metrics') this.#asked.get(message.ask)?.(message.text);
    if (message.kind === 'list-metrics') {
      const { ask } = message;
      void this.#parts?.metrics.list().then((list) => this.#send({ kind: 'metric-list', ask, list }));
    }
  }

  async #askMetrics(): Promise<string> {
    const ask = (this.#asks += 1);
    const answer = new Promise<string | null>((resolve) => this.#asked.set(ask, resolve));
    this.#send({ kind: 'ask-metrics', ask });
    const text = await Promise.race([answer, sleep(metricsWithinMs, null, { ref: false })]);
    this.#asked.delete(ask);
    if (text === null) throw new UnavailableError('The first process does not answer.');
    return text;
  }

  #send(message: FromWorker): void {
    // It fails when the first process has ended, and then this one ends, too.
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  }
}
