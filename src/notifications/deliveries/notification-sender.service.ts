import { Injectable, Logger } from '@nestjs/common';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { inLane } from '../../database/lanes/task.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { minutes } from '../../errors/duration.ts';
import { Randomness } from '../../webhooks/deliveries/randomness.ts';
import { nextAttemptAt } from '../../webhooks/deliveries/retry-plan.ts';
import { MessageSender } from '../sending/message-sender.ts';
import { isFinal, type Sent } from '../sending/send-errors.ts';
import { claimNotifications, type ClaimedNotification } from './claim-notifications.ts';
import { NotificationMetrics } from './notification-metrics.ts';
import { settleCutOff, settleSent } from './settle-notification.ts';

/** How often a process looks for messages that are due, beside those that it hears of at once. */
const lookIntervalMs = 1_000;

/** Mails that a process has under way at most. */
export const mailsUnderWayMax = 8;

/** Messages to chats and other addresses that it has under way at most; a channel gets one after another. */
export const postsUnderWayMax = 32;

/** A message that a killed process had is sent again after this long. An attempt is over sooner. */
const leaseMs = minutes(1);

/** Sends messages to admins, and again after a failure, by the plan of the webhooks. May run in several processes. */
@Injectable()
export class NotificationSender {
  private readonly logger = new Logger(NotificationSender.name);
  private readonly task: BackgroundTask;
  /** The channels that are being sent to, by mail or not. */
  private readonly underWay = { mail: new Set<string>(), post: new Set<string>() };

  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly messages: MessageSender,
    private readonly randomness: Randomness,
    private readonly metrics: NotificationMetrics,
    private readonly tasks: BackgroundTasks,
  ) {
    this.task = tasks.every({
      name: 'Sending messages to admins',
      everyMs: lookIntervalMs,
      lane: 'webhooks',
      atStart: true,
      once: (signal) => this.look(signal),
    });
  }

  /** Looks for messages at once. */
  poke(): void {
    this.task.poke();
  }

  private async look(signal: AbortSignal): Promise<void> {
    for (const way of ['mail', 'post'] as const) {
      if (signal.aborted) return;
      for (const delivery of await this.claim(way)) this.begin(way, delivery);
    }
  }

  private claim(way: 'mail' | 'post'): Promise<ClaimedNotification[]> {
    const now = this.clock.now();
    const busy = this.underWay[way];
    return claimNotifications(this.db, {
      byMail: way === 'mail',
      max: (way === 'mail' ? mailsUnderWayMax : postsUnderWayMax) - busy.size,
      busyChannels: [...busy],
      now,
      leasedUntil: new Date(now.getTime() + leaseMs),
    });
  }

  private begin(way: 'mail' | 'post', delivery: ClaimedNotification): void {
    const { channelId } = delivery.target;
    this.underWay[way].add(channelId);
    const send = (signal: AbortSignal) => inLane('webhooks', () => this.send(delivery, signal));
    void this.tasks.run('Sending a message to an admin', send).finally(() => {
      this.underWay[way].delete(channelId);
      this.task.poke();
    });
  }

  private async send(delivery: ClaimedNotification, signal: AbortSignal): Promise<void> {
    let sent: Sent;
    try {
      sent = await this.messages.send(delivery.raw, delivery.target, delivery.id, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return settleCutOff(this.db, delivery);
    }
    const now = this.clock.now();
    const next = this.nextAttempt(delivery, sent, now);
    await settleSent(this.db, delivery, sent, { now, next });
    this.metrics.attempted(delivery.target.kind, sent.error, next === null);
    if (sent.error === null || next !== null) return;
    const { status, error } = sent;
    const { channelId: channel, kind } = delivery.target;
    this.logger.warn({ delivery: delivery.id, channel, kind, status, error }, 'A message was given up');
  }

  private nextAttempt({ failures }: ClaimedNotification, sent: Sent, now: Date): Date | null {
    if (sent.error === null || isFinal(sent.error)) return null;
    return nextAttemptAt(failures + 1, now, this.randomness.fraction(), sent.retryAfterMs);
  }
}
