import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { installation } from '../audit/audit.service.ts';
import { pruneGone, pruneRecords, recordsPrunedAtOnceMax } from '../audit/prune-records.ts';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import { inSmallSteps } from '../database/in-small-steps.ts';
import { sql } from '../database/sql.ts';
import { WorkspaceTurns } from '../database/workspace-turns.ts';
import { days, hours } from '../errors/duration.ts';
import { readRetention, type Retention } from '../workspaces/retention.ts';
import { membersPrunedAtOnceMax, pruneHistory, pruneMembers, pruneRuns } from './prune-past.ts';

const pruneIntervalMs = hours(1);

/** How long the records of the installation itself are kept, in days: refused credentials, keys, erased workspaces. */
export const installationAuditKeptDays = 730;

/** Deletes what is older than a workspace keeps it, a little at a time. */
@Injectable()
export class PruningService {
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    const logger = new Logger(PruningService.name);
    this.turns = new WorkspaceTurns(logger, clock, 'What a workspace no longer keeps was not deleted');
    tasks.every({
      name: 'Deleting what is no longer kept',
      everyMs: pruneIntervalMs,
      once: (signal) => this.prune(signal),
    });
  }

  /** Deletes everything that is older than its workspace keeps it. */
  async prune(signal?: AbortSignal): Promise<void> {
    const { rows } = await dbOf(this.dataSource).run(
      sql<{ id: string; retention: Partial<Retention> }>`SELECT id, retention FROM workspace
        WHERE retention <> '{}' AND id <> ALL (${this.turns.pausing()}::uuid[]) ORDER BY id`,
    );
    for (const { id, retention } of rows) {
      if (signal?.aborted) return;
      await this.turns.take(id, () => this.pruneWorkspace(id, readRetention(retention), signal));
    }
    await pruneGone(dbOf(this.dataSource), installation);
    await this.pruneAudit(installation, this.daysAgo(installationAuditKeptDays), signal);
  }

  private daysAgo(count: number): Date {
    return new Date(this.clock.now().getTime() - days(count));
  }

  private async pruneWorkspace(id: string, retention: Retention, signal?: AbortSignal): Promise<void> {
    const { removedMembersDays, historyDays, changesDays, auditDays } = retention;
    if (removedMembersDays !== null) await this.pruneMembers(id, this.daysAgo(removedMembersDays), signal);
    if (historyDays !== null) await this.pruneHistory(id, this.daysAgo(historyDays), signal);
    if (changesDays !== null) {
      const before = this.daysAgo(changesDays);
      while (!signal?.aborted && (await pruneRuns(dbOf(this.dataSource), id, before)));
    }
    if (auditDays !== null) await this.pruneAudit(id, this.daysAgo(auditDays), signal);
  }

  private pruneMembers(id: string, before: Date, signal?: AbortSignal): Promise<void> {
    const step = () =>
      this.dataSource.transaction((manager) => pruneMembers(manager, id, before, this.clock.now()));
    return inSmallSteps(membersPrunedAtOnceMax, step, signal);
  }

  private async pruneHistory(id: string, before: Date, signal?: AbortSignal): Promise<void> {
    let place = await pruneHistory(dbOf(this.dataSource), id, before, null);
    while (place !== null && !signal?.aborted)
      place = await pruneHistory(dbOf(this.dataSource), id, before, place);
  }

  private pruneAudit(id: string, before: Date, signal?: AbortSignal): Promise<void> {
    const step = () => this.dataSource.transaction((manager) => pruneRecords(dbOf(manager), id, before));
    return inSmallSteps(recordsPrunedAtOnceMax, step, signal);
  }
}
