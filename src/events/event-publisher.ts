import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../background/background-tasks.ts';
import type { BackgroundTask } from '../background/background-task.ts';
import { Clock } from '../database/clock.ts';
import { CommitNotes } from '../database/commit-notes.ts';
import { isDistributed } from '../database/distributed.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import { NotificationLine } from '../database/notification-line.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { eventsTopic } from './append-events.ts';
import { DistributedPublishing } from './distributed-publishing.ts';
import {
  publish,
  type Published,
  publishedAtOnceMax,
  publishedChannel,
  readPublication,
  readPublished,
} from './publish.ts';

/** How often a process looks for events that others have appended or published. */
const lookIntervalMs = 1_000;

/**
 * How soon after one look a commit has the next one follow. What a process commits one after the other shares a look: each
 * one is a commit of its own, and several who wait ask the database because of it. Nobody waits when nothing was before.
 */
const pokedEveryMs = 25;

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
  private readonly onNodes: DistributedPublishing;
  /** Workspaces that this process has appended events to since the last look. */
  private readonly appended = new Set<string>();
  private readonly listeners = new Set<EventListener>();
  /** The newest position that the listeners of this process have heard of; null before the first look. */
  private heard: bigint | null = null;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    commits: CommitNotes,
    notifications: NotificationLine,
    tasks: BackgroundTasks,
  ) {
    this.onNodes = new DistributedPublishing(dataSource, this.id);
    this.task = tasks.every({
      name: 'Publishing events',
      everyMs: lookIntervalMs,
      pokedEveryMs,
      lane: 'events',
      atStart: true,
      once: (signal) => this.look(signal),
    });
    commits.listen(eventsTopic, (workspaceIds) => {
      for (const id of workspaceIds) this.appended.add(id);
      this.task.poke();
    });
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
    const appended = [...this.appended];
    this.appended.clear();
    if (await isDistributed(this.dataSource)) await this.onNodes.publish(appended, this.clock.now(), signal);
    else if (await this.publishAndTell(signal)) return;
    await this.tellNews();
  }

  /** @returns whether the listeners have heard of everything there is */
  private async publishAndTell(signal: AbortSignal): Promise<boolean> {
    let isTold = false;
    const step = async () => {
      const published = await publish(this.db, this.clock.now(), this.id);
      isTold = published.length > 0 && this.tellNext(published);
      return published.length;
    };
    await inSmallSteps(publishedAtOnceMax, step, signal);
    return isTold;
  }

  /**
   * What follows what was heard of last is told without reading it.
   *
   * @param published by one statement, so its positions follow each other
   * @returns false, and tells nothing, when others have published before
   */
  private tellNext(published: readonly Published[]): boolean {
    const newest = published
      .map(({ position }) => BigInt(position))
      .reduce((one, other) => (one > other ? one : other));
    if (this.heard === null || newest !== this.heard + BigInt(published.length)) return false;
    this.heard = newest;
    this.tell(published);
    return true;
  }

  private tell(published: readonly Published[]): void {
    const news = new Set(published.map(({ workspaceId }) => workspaceId));
    for (const listener of this.listeners) listener(news);
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
      this.tell(ranges);
    }
  }
}
