import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { BackgroundTask } from '../../background/background-task.ts';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { CommitNotes } from '../../database/commit-notes.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { countActiveMembers } from '../../member-directory/members/seats.ts';
import { queuePeople } from '../../sync-queue/queue-people.ts';
import { lockSeats, seatsTopic } from '../../workspaces/seat-limit.ts';
import { noteExhausted } from '../../workspaces/note-exhausted.ts';
import { type Workspace, WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { choosePeople, queueRun, requestedBySystem } from '../record/run-statements.ts';
import { RunWorker } from './run-worker.ts';
import {
  countWaiting,
  cameToNothing,
  isAnyRunActive,
  nextInLine,
  workspacesToKeep,
} from './seat-statements.ts';

/** How often a process looks for seats whose freeing it has not heard of: another process freed them and died. */
const lookIntervalMs = 10_000;

/** People who get a seat in one run. */
const seatedAtOnceMax = 2_000;

/**
 * Keeps the seats of workspaces: gives a seat that was freed or bought to the next who waits, within seconds, and tells once
 * when all seats are taken and once when there are free ones again.
 */
@Injectable()
export class SeatKeeper {
  private readonly turns: WorkspaceTurns;
  private readonly task: BackgroundTask;
  private readonly heard = new Set<string>();
  private sweepsAt = 0;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly workspaces: WorkspacesService,
    private readonly worker: RunWorker,
    commits: CommitNotes,
    tasks: BackgroundTasks,
  ) {
    this.turns = new WorkspaceTurns(
      new Logger(SeatKeeper.name),
      clock,
      'The seats of a workspace were not looked after',
    );
    this.task = tasks.every({
      name: 'Keeping seats',
      everyMs: lookIntervalMs,
      asksAllNodes: true,
      atStart: true,
      once: (signal) => this.look(signal),
    });
    commits.listen(seatsTopic, (ids) => {
      for (const id of ids) this.heard.add(id);
      this.task.poke();
    });
  }

  /** Looks after all workspaces that have a limit, whether or not anything was heard of them. */
  sweep(signal?: AbortSignal): Promise<void> {
    this.sweepsAt = performance.now() + lookIntervalMs;
    return this.keepThose(null, signal);
  }

  /**
   * Looks after the workspaces in which seats may have been taken or freed; from time to time after all that have a limit.
   */
  private async look(signal: AbortSignal): Promise<void> {
    const heard = [...this.heard];
    this.heard.clear();
    if (performance.now() >= this.sweepsAt) await this.sweep(signal);
    else if (heard.length > 0) await this.keepThose(heard, signal);
  }

  private async keepThose(among: readonly string[] | null, signal?: AbortSignal): Promise<void> {
    const ids = await workspacesToKeep(dbOf(this.dataSource), among, this.turns.pausing());
    for (const id of ids) {
      if (signal?.aborted) return;
      await this.turns.take(id, () => this.keep(id));
    }
  }

  /** Tells what is to be told, and seats the next. May run in several processes: the seats are locked. */
  private async keep(workspaceId: string): Promise<void> {
    const isQueued = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const limit = await lockSeats(db, workspaceId);
      const workspace = await this.workspaces.get(workspaceId);
      const { seats } = workspace;
      const used = await countActiveMembers(db, workspaceId);
      const waiting = await countWaiting(db, workspaceId);
      const isExhausted = waiting > 0 || (seats !== null && used >= seats.limit);
      await noteExhausted(db, workspaceId, isExhausted, { used, waiting }, this.clock.now());
      const free = limit === null ? seatedAtOnceMax : Math.min(limit - used, seatedAtOnceMax);
      return waiting > 0 && free > 0 && this.seat(db, workspace, free);
    });
    if (isQueued) this.worker.poke(workspaceId);
  }

  /**
   * Gives seats to the next who wait, by a run of their own; or puts them into the queue, for the next run by hand, where
   * nothing happens automatically.
   *
   * @returns whether a run was queued
   */
  private async seat(db: Db, workspace: Workspace, free: number): Promise<boolean> {
    const { id: workspaceId, settings, state, automaticSync } = workspace;
    const now = this.clock.now();
    if (await isAnyRunActive(db, workspaceId)) return false;
    const next = await nextInLine(db, workspaceId, settings.seatOrder, { free, now });
    const unqueued = next.filter(({ isQueued }) => !isQueued);
    const entries = unqueued.map(({ id: directoryUserId }) => ({ directoryUserId, dueAt: now }));
    await queuePeople(db, workspaceId, entries, 'seat');
    if (state !== 'active' || automaticSync !== 'on') return false;
    if (await cameToNothing(db, workspaceId, now)) return false;
    const chosen = { people: next.length, groups: [] };
    const run = { workspaceId, trigger: 'seat', requestedBy: requestedBySystem, now, chosen } as const;
    const runId = await queueRun(db, run);
    if (runId === null) return false;
    await choosePeople(db, workspaceId, runId, { directoryUserIds: next.map(({ id }) => id) });
    return true;
  }
}
