import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { inLane } from '../../database/lanes/task.ts';
import { isDistributed } from '../../database/distributed.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { minutes } from '../../errors/duration.ts';
import { type Attempt, Receivers } from '../sending/receivers.ts';
import { eventId } from '../../events/event.ts';
import { inSpan } from '../../tracing/spans.ts';
import { inTrace, readTraceparent } from '../../tracing/trace-context.ts';
import { WebhookSecrets } from '../signing/webhook-secrets.ts';
import { claimDeliveries, type ClaimedDelivery } from './claim-deliveries.ts';
import { DeliveryMetrics } from './delivery-metrics.ts';
import { Randomness } from './randomness.ts';
import { nextAttemptAt } from './retry-plan.ts';
import { settleCutOff, settleDelivered, settleFailed, settleWithoutEvent } from './settle-delivery.ts';

/** How often a process looks for deliveries that are due, beside those that it hears of at once. */
const lookIntervalMs = 1_000;

/**
 * Deliveries of one webhook that a process has under way at most. There is no number for all of them together: so no
 * webhook that hangs can take the place of another.
 */
export const sendingEachMax = 10;

/** The same while its attempts fail: one shows whether it is back. */
export const sendingEachFailingMax = 1;

/** So many more may be under way for people who lose access, so that nothing slow keeps them waiting. */
export const sendingUrgentMoreMax = 2;

/** A delivery that a killed process had is sent again after this long. An attempt is over sooner. */
const leaseMs = minutes(1);

/** Sends deliveries, those first after which somebody must lose access. May run in several processes. */
@Injectable()
export class DeliverySender implements OnApplicationShutdown {
  private readonly logger = new Logger(DeliverySender.name);
  private readonly task: BackgroundTask;
  private readonly receivers: Receivers;
  private readonly underWay = new Map<string, number>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly secrets: WebhookSecrets,
    private readonly randomness: Randomness,
    private readonly metrics: DeliveryMetrics,
    private readonly tasks: BackgroundTasks,
    config: Config,
  ) {
    this.receivers = new Receivers(config.webhookAllowPrivate);
    this.task = tasks.every({
      name: 'Sending events to webhooks',
      everyMs: lookIntervalMs,
      lane: 'webhooks',
      atStart: true,
      once: (signal) => this.look(signal),
    });
  }

  onApplicationShutdown(): void {
    this.receivers.end();
  }

  /** Looks for deliveries at once. */
  poke(): void {
    this.task.poke();
  }

  /**
   * Sends a body to a webhook at once, signed, without a delivery.
   *
   * @param id the `webhook-id`
   */
  async sendOnce(
    webhook: Pick<ClaimedDelivery, 'webhookId' | 'url' | 'secrets'>,
    id: string,
    body: string,
  ): Promise<Attempt> {
    return this.attempt(webhook, id, body);
  }

  private async look(signal: AbortSignal): Promise<void> {
    for (const urgent of [true, false]) {
      if (signal.aborted) return;
      for (const delivery of await this.claim(urgent)) this.begin(delivery);
    }
  }

  private async claim(urgent: boolean): Promise<ClaimedDelivery[]> {
    const more = urgent ? sendingUrgentMoreMax : 0;
    const now = this.clock.now();
    const claim = {
      urgent,
      eachMax: sendingEachMax + more,
      eachFailingMax: sendingEachFailingMax + more,
      underWay: this.underWay,
      now,
      leasedUntil: new Date(now.getTime() + leaseMs),
    };
    return claimDeliveries(this.db, claim, await isDistributed(this.dataSource));
  }

  private begin(delivery: ClaimedDelivery): void {
    const { webhookId } = delivery;
    this.underWay.set(webhookId, (this.underWay.get(webhookId) ?? 0) + 1);
    const name = 'Sending an event to a webhook';
    void this.tasks
      .run(name, (signal) => inLane('webhooks', () => this.send(delivery, signal)))
      .finally(() => {
        const left = (this.underWay.get(webhookId) ?? 1) - 1;
        if (left === 0) this.underWay.delete(webhookId);
        else this.underWay.set(webhookId, left);
        this.task.poke();
      });
  }

  private async send(delivery: ClaimedDelivery, signal: AbortSignal): Promise<void> {
    const { event } = delivery;
    if (event === null) return settleWithoutEvent(this.db, delivery);
    const id = eventId(event.workspaceId, event.sequence);
    let attempt: Attempt;
    try {
      attempt = await this.attempt(delivery, id, event.json, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return settleCutOff(this.db, delivery);
    }
    if (attempt.error !== null) return this.settleFailure(delivery, attempt);
    await settleDelivered(this.db, delivery, attempt, this.clock.now());
    this.metrics.attempted('delivered');
  }

  private async settleFailure(delivery: ClaimedDelivery, attempt: Attempt): Promise<void> {
    const now = this.clock.now();
    const { webhookId: webhook, failures } = delivery;
    const next = nextAttemptAt(failures + 1, now, this.randomness.fraction(), attempt.retryAfterMs);
    const isDisabled = await this.dataSource.transaction((manager) =>
      settleFailed(dbOf(manager), delivery, attempt, { now, next }),
    );
    this.metrics.attempted(next === null ? 'given_up' : 'failed');
    const { status, error } = attempt;
    if (isDisabled) this.logger.warn({ webhook, status, error }, 'A webhook was disabled');
    else if (next === null)
      this.logger.warn({ webhook, delivery: delivery.id, status, error }, 'A delivery was given up');
  }

  private async attempt(
    { webhookId, url, secrets }: Pick<ClaimedDelivery, 'webhookId' | 'url' | 'secrets'>,
    id: string,
    body: string,
    signal?: AbortSignal,
  ): Promise<Attempt> {
    const now = this.clock.now();
    const signed = this.secrets.sign(webhookId, secrets, id, body, now);
    if (signed === null) return unsigned;
    const trace = traceOf(body);
    const attributes = { 'provisioning.webhook.id': webhookId };
    return inTrace(trace, () =>
      inSpan({ name: 'send event', kind: 'client', attributes }, async (span) => {
        const traceparent = span?.traceparent ?? trace;
        const headers = {
          'content-type': 'application/json',
          'user-agent': userAgent,
          ...(traceparent !== null && { traceparent }),
          ...signed,
        };
        const attempt = await this.receivers.post(url, headers, body, now, signal);
        span?.add(outcomeOf(attempt));
        return attempt;
      }),
    );
  }
}

/** A receiver can put what it does into the trace of the request behind the event. */
function traceOf(body: string): string | null {
  if (!body.includes('"traceparent"')) return null;
  const { cause } = JSON.parse(body) as { cause?: { traceparent?: unknown } };
  return readTraceparent(typeof cause?.traceparent === 'string' ? cause.traceparent : undefined);
}

/** What a span says of an attempt: a failure has its code there, and is none of this service. */
function outcomeOf({ status, error }: Attempt): Record<string, string | number> {
  return {
    ...(status !== null && { 'http.response.status_code': status }),
    ...(error !== null && { 'error.type': error }),
  };
}

const userAgent = 'UserProvisioning-Webhooks/1.0';

const unsigned: Attempt = {
  status: null,
  error: 'secret-unreadable',
  latencyMs: 0,
  answer: null,
  retryAfterMs: null,
};
