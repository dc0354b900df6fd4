import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../background/background-tasks.ts';
import type { BackgroundTask } from '../background/background-task.ts';
import { Clock } from '../database/clock.ts';
import { CommitNotes } from '../database/commit-notes.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import { NotificationLine } from '../database/notification-line.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { eventsTopic } from './append-events.ts';
import { publish, publishedAtOnceMax, publishedChannel, readPublication, readPublished } from './publish.ts';

/** How often a process looks for events that others have appended or published. */
const lookIntervalMs = 1_000;

/** Positions that one statement reads. */
const positionsAtOnceMax = 1_000;

/** Hears of events that can be read now. */
export type EventListener = (workspaceIds: ReadonlySet<string>) => void;

/**
 * Publishes events, and tells those who wait in this process which workspaces have new ones. It begins as soon as a
 * transaction of this process has committed, and once a second for what other processes, or a process that died, have
 * left. However many wait, it asks the database once.
 */
@Injectable()
export class EventPublisher {
  private readonly id = randomUUID();
  private readonly task: BackgroundTask;
  private readonly listeners = new Set<EventListener>();
  /** The newest position that the listeners of this process have heard of; null before the first look. */
  private heard: bigint | null = null;

  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    commits: CommitNotes,
    notifications: NotificationLine,
    tasks: BackgroundTasks,
  ) {
    this.task = tasks.every({
      name: 'Publishing events',
      everyMs: lookIntervalMs,
      lane: 'events',
      atStart: true,
      once: (signal) => this.look(signal),
    });
    commits.listen(eventsTopic, () => this.task.poke());
    // What this process has published it has told already.
    notifications.listen(publishedChannel, (by) => {
      if (by !== this.id) this.task.poke();
    });
  }

  /** @returns what ends the listening */
  listen(listener: EventListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async look(signal: AbortSignal): Promise<void> {
    await inSmallSteps(publishedAtOnceMax, () => publish(this.db, this.clock.now(), this.id), signal);
    await this.tellNews();
  }

  private async tellNews(): Promise<void> {
    const { position } = await readPublication(this.db);
    // A restored database may be behind what this process has seen.
    if (this.heard === null || position < this.heard) {
      this.heard = position;
      return;
    }
    while (this.heard < position) {
      const ranges = await readPublished(this.db, this.heard, positionsAtOnceMax);
      this.heard = BigInt(ranges.at(-1)?.position ?? position);
      const news = new Set(ranges.map(({ workspaceId }) => workspaceId));
      for (const listener of this.listeners) listener(news);
    }
  }
}
