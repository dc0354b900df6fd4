import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService } from '../../audit/audit.service.ts';
import {
  cursorsOf,
  decodeCursor,
  type Page,
  pageOf,
  type PageQuery,
  pageUpTo,
} from '../../http/paging/page.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { pageWithinSize, textBytes } from '../../database/rows-within.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import { sqlState } from '../../errors/failed-query.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { adminAuthor, type Author } from '../../member-directory/events/author.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { ChangeKind, ChangeState, StoredState } from '../decision/change.ts';
import type { Reason } from '../decision/reason.ts';
import { type ChangeView, type ReasonView, toChangeView, worded } from '../wording/change-view.ts';
import type { Language } from '../../errors/sentence.ts';
import { storedStateJson } from '../wording/stored-state.ts';
import { isOver, type Run, runColumns, type RunRow, toRun } from '../record/run.ts';
import { lockRun, queueRun, readRun } from '../record/run-statements.ts';
import { RunWorker } from '../workers/run-worker.ts';
import { SyncPreviewService } from '../preview/sync-preview.service.ts';

const serializationFailure = '40001';
const snapshotAttemptsMax = 10;

/** The run that was asked for. */
export interface QueuedRun {
  id: string;
  state: 'queued';
}

/** A change of a run, with what has become of it. */
export type RunChangeView = ChangeView & { state: ChangeState; kept: ReasonView | null };

/** About how large a change is in an answer. */
const changeSizeBytes = `${textBytes('fields')} + ${textBytes('reason')} + ${textBytes('moved')}`;

/** Runs: asks for one, shows them and what they did, asks to undo one. */
@Injectable()
export class SyncRunsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
    private readonly preview: SyncPreviewService,
    private readonly worker: RunWorker,
  ) {}

  /**
   * Asks for a manual run. The version is checked and the run queued in one snapshot of the database: what arrives later
   * waits for the next run, so what was approved is what runs.
   *
   * @param previewVersion what the admin approved; the run is refused when it would do something else
   * @throws ConflictError `not-active`; `sync-run-active` with `runId`; `preview-changed` with `version` and `summary`
   */
  create(session: Session, previewVersion: string | undefined): Promise<QueuedRun> {
    return this.createBy(adminAuthor(session), previewVersion);
  }

  /** The same for any asker. */
  async createBy(author: Author, previewVersion: string | undefined): Promise<QueuedRun> {
    const id = await this.queueManual(author, previewVersion);
    if (id === null) throw await this.alreadyActive(author.workspaceId);
    this.worker.poke();
    return { id, state: 'queued' };
  }

  /** The runs, newest first. @throws BadInputError for a cursor of another list */
  async list(workspaceId: string, query: PageQuery, language: Language): Promise<Page<Run>> {
    const cursors = cursorsOf(this.seal, 'sync-runs', workspaceId, query);
    const before = parameter(decodeCursor(cursors, query.cursor));
    const { rows } = await dbOf(this.dataSource).run(sql<RunRow>`
       SELECT ${runColumns} FROM sync_run WHERE workspace_id = ${workspaceId}
         AND (${before}::uuid IS NULL OR id < ${before})
       ORDER BY id DESC LIMIT ${query.limit + 1}`);
    const { items, nextCursor } = pageOf(cursors, rows, query.limit, ({ id }) => id);
    return { items: items.map((row) => toRun(row, language)), nextCursor };
  }

  /** @throws NotFoundError */
  async get(workspaceId: string, id: string, language: Language): Promise<Run> {
    return readRun(dbOf(this.dataSource), workspaceId, id, language);
  }

  /** The newest run, or null before the first. */
  async last(workspaceId: string, language: Language): Promise<Run | null> {
    const { rows } = await dbOf(this.dataSource).run(
      sql<RunRow>`
           SELECT ${runColumns} FROM sync_run WHERE workspace_id = ${workspaceId} ORDER BY id DESC LIMIT 1`,
    );
    const [row] = rows;
    return row === undefined ? null : toRun(row, language);
  }

  /** What a run did or holds, in the order of the people's ids. @throws NotFoundError, BadInputError */
  async changes(
    workspaceId: string,
    runId: string,
    query: PageQuery & { groupId?: string },
    language: Language,
  ): Promise<Page<RunChangeView>> {
    const groupId = query.groupId?.toLowerCase();
    const cursors = cursorsOf(this.seal, 'sync-changes', workspaceId, { ...query, groupId, runId });
    await this.get(workspaceId, runId, language);
    const after = parameter(decodeCursor(cursors, query.cursor));
    const group = parameter(groupId === undefined ? null : JSON.stringify([{ id: groupId }]));
    const changes = sql<ListedChangeRow>`
      SELECT kind, directory_user_id, member_id, name, fields, reason, state,
        groups AS moved, ${storedStateJson('sync_change')} AS "storedState" FROM sync_change
      WHERE workspace_id = ${workspaceId} AND run_id = ${runId}
        AND (${after}::uuid IS NULL OR directory_user_id > ${after})
        AND (${group}::jsonb IS NULL OR groups -> 'joined' @> ${group} OR groups -> 'left' @> ${group})
      ORDER BY directory_user_id LIMIT ${query.limit + 1}`;
    const { rows } = await dbOf(this.dataSource).run(
      pageWithinSize(changes, changeSizeBytes, pageSizeMaxBytes),
    );
    const shown = rows.slice(0, query.limit);
    const hasMore = (rows[0]?.listed ?? 0) > shown.length;
    const { items, nextCursor } = pageUpTo(cursors, shown, hasMore, (row) => row.directory_user_id);
    return { items: items.map((row) => toRunChangeView(row, language)), nextCursor };
  }

  /**
   * Asks to undo everything that a run did and that nothing has touched since. An undo can be undone, too: what it had
   * undone is there again.
   *
   * @throws NotFoundError, ConflictError `not-undoable`, `undo-active` with `runId`
   */
  async undo(session: Session, runId: string): Promise<QueuedRun> {
    const { workspaceId, email } = session;
    const id = await this.dataSource.transaction(async (manager) => {
      const run = await lockRun(dbOf(manager), workspaceId, runId);
      if (!isOver(run) || run.state.endsWith('undone')) {
        throw new ConflictError(
          'not-undoable',
          `A run of trigger ${run.trigger} in state ${run.state} cannot be undone.`,
        );
      }
      const { rows } = await dbOf(manager).run(
        sql<{ id: string }>`SELECT id FROM sync_run
         WHERE workspace_id = ${workspaceId} AND undoes_run_id = ${runId} AND state IN ('queued', 'running')`,
      );
      const [active] = rows;
      if (active) throw new ConflictError('undo-active', 'This run is being undone.', { runId: active.id });
      const now = this.clock.now();
      const queued = await queueRun(dbOf(manager), {
        workspaceId,
        trigger: 'undo',
        requestedBy: email,
        now,
        undoesRunId: runId,
      });
      if (queued === null) throw new Error('An undo run was not queued');
      await this.audit.byAdmin(manager, session, 'sync-run.undo-requested', runId);
      return queued;
    });
    this.worker.poke();
    return { id, state: 'queued' };
  }

  /** @returns the id of the run, or null when another one is queued or running */
  private async queueManual(author: Author, previewVersion: string | undefined): Promise<string | null> {
    const { workspaceId, actor } = author;
    const requestedBy = nameOfActor(actor);
    const isolation = previewVersion === undefined ? 'READ COMMITTED' : 'REPEATABLE READ';
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(isolation, async (manager) => {
          const now = this.clock.now();
          const { automaticSync } = await this.workspaces.lockActive(manager, workspaceId);
          if (previewVersion !== undefined) {
            await this.requireVersion(manager, workspaceId, previewVersion, now);
          }
          const queued = await queueRun(dbOf(manager), { workspaceId, trigger: 'manual', requestedBy, now });
          if (queued === null) return null;
          const action = 'sync-run.requested';
          await this.audit.record(manager, { workspaceId, actor, action, target: queued });
          // The first run by hand is the admin's word; an admin who paused it before has said otherwise.
          if (automaticSync === 'not_started') {
            await this.workspaces.startAutomaticSync(manager, workspaceId, actor);
          }
          return queued;
        });
      } catch (error) {
        // The workspace's row was written between the snapshot and the lock: a new snapshot has it.
        if (sqlState(error) !== serializationFailure || attempt === snapshotAttemptsMax) throw error;
      }
    }
  }

  private async requireVersion(
    manager: EntityManager,
    workspaceId: string,
    wanted: string,
    now: Date,
  ): Promise<void> {
    if ((await this.preview.version(dbOf(manager), workspaceId, now)) === wanted) return;
    const { version, summary } = await this.preview.versioned(workspaceId);
    throw new ConflictError(
      'preview-changed',
      'Something changed since this preview was made. Look at it again.',
      {
        version,
        summary,
      },
    );
  }

  private async alreadyActive(workspaceId: string): Promise<ConflictError> {
    const { rows } = await dbOf(this.dataSource).run(sql<{ id: string }>`SELECT id FROM sync_run
       WHERE workspace_id = ${workspaceId} AND trigger IN ('manual', 'nightly')
         ORDER BY (state IN ('queued', 'running')) DESC, id DESC
       LIMIT 1`);
    const [active] = rows;
    return new ConflictError('sync-run-active', 'A synchronization is queued or running already.', {
      runId: active?.id ?? null,
    });
  }
}

/** How a run names who asked for it. */
function nameOfActor(actor: Actor): string {
  switch (actor.kind) {
    case 'admin':
      return actor.email;
    case 'product':
      return actor.name;
    default:
      return actor.kind;
  }
}

interface ListedChangeRow {
  kind: ChangeKind;
  directory_user_id: string;
  member_id: string | null;
  name: string;
  fields: FieldChange[];
  reason: Reason;
  state: ChangeState;
  storedState: StoredState;
}

function toRunChangeView(row: ListedChangeRow, language: Language): RunChangeView {
  const { kind, name, fields, reason, state, storedState } = row;
  const view = toChangeView(
    {
      kind: state === 'held' ? 'held' : kind,
      directoryUserId: row.directory_user_id,
      memberId: row.member_id,
      name,
      fields,
      reason,
      ...storedState,
    },
    language,
  );
  const { keptReason } = storedState;
  return { ...view, state, kept: keptReason && worded(keptReason, language) };
}
