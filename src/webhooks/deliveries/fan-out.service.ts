import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { isDistributed } from '../../database/distributed.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { EventPublisher } from '../../events/event-publisher.ts';
import { announceDisabled } from './announce-disabled.ts';
import { DeliverySender } from './delivery-sender.service.ts';
import { fanOut, webhooksWithWork } from './fan-out.ts';

/** How often a process looks for events that no delivery was made of, beside those that it hears of at once. */
const lookIntervalMs = 1_000;

/**
 * Makes deliveries of events as soon as they are published, never in the transaction of what they tell. May run in several
 * processes.
 */
@Injectable()
export class FanOutService {
  private readonly task: BackgroundTask;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly sender: DeliverySender,
    publisher: EventPublisher,
    tasks: BackgroundTasks,
  ) {
    this.task = tasks.every({
      name: 'Making deliveries of events',
      everyMs: lookIntervalMs,
      lane: 'webhooks',
      atStart: true,
      once: (signal) => this.look(signal),
    });
    publisher.listen(() => this.task.poke());
  }

  /** Looks at once: a webhook was made active. */
  poke(): void {
    this.task.poke();
  }

  private async look(signal: AbortSignal): Promise<void> {
    for (const { id, isDisabled } of await webhooksWithWork(this.db)) {
      const step = isDisabled ? () => this.announce(id) : () => this.fanOut(id);
      while (!signal.aborted && (await step())) this.sender.poke();
      this.sender.poke();
    }
  }

  private async fanOut(webhookId: string): Promise<boolean> {
    const distributed = await isDistributed(this.dataSource);
    return this.dataSource.transaction((manager) =>
      fanOut(dbOf(manager), webhookId, this.clock.now(), distributed),
    );
  }

  private announce(webhookId: string): Promise<boolean> {
    return this.dataSource.transaction((manager) =>
      announceDisabled(dbOf(manager), webhookId, this.clock.now()),
    );
  }
}
