import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, AuditService } from '../../audit/audit.service.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../../http/paging/page.ts';
import { isTakenBack } from '../../database/after-deadlock.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import { adminAuthor, type Author } from '../../member-directory/events/author.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import type { Language } from '../../errors/sentence.ts';
import { runColumns, type RunRow, toRun } from '../record/run.ts';
import type { RunResponse } from '../record/sync.dto.ts';
import { type ChosenPeople, type PeopleNamed, readChosen } from '../policy/chosen-people.ts';
import { choosePeople, lockRun, queueRun, readRun } from '../record/run-statements.ts';
import { RunWorker } from '../workers/run-worker.ts';
import { requireNotBeingUndone, requireUndoable } from '../undo/undoable.ts';
import { SyncPreviewService } from '../preview/sync-preview.service.ts';

const snapshotAttemptsMax = 10;

/** What run is asked for. */
export type AskedRun = PeopleNamed & { previewVersion?: string };

/** The run that was asked for. */
export interface QueuedRun {
  id: string;
  state: 'queued';
}

/** What became of the wish for a run: its id, or why there is none. */
type QueueOutcome = { queued: string } | 'active' | 'changed';

/** Runs: asks for one, shows them, asks to undo one. */
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
   * @param asked `previewVersion`: what the admin approved; the run is refused when it would do something else. With people
   *   or groups it is about these alone, and leaves everything automatic as it is
   * @throws BadInputError naming each id of nobody and of no group
   * @throws ConflictError `not-active`; `sync-run-active` with `runId`; `preview-changed` with `version` and `summary`
   */
  create(session: Session, asked: AskedRun): Promise<QueuedRun> {
    return this.createBy(adminAuthor(session), asked);
  }

  /** The same for any asker. */
  async createBy(author: Author, asked: AskedRun): Promise<QueuedRun> {
    const outcome = await this.queueManual(author, asked);
    if (outcome === 'active') throw await this.alreadyActive(author.workspaceId);
    if (outcome === 'changed') throw await this.changedSince(author.workspaceId, namedIn(asked));
    this.worker.poke(author.workspaceId);
    return { id: outcome.queued, state: 'queued' };
  }

  /** The runs, newest first. @throws BadInputError for a cursor of another list */
  async list(workspaceId: string, query: PageQuery, language: Language): Promise<Page<RunResponse>> {
    const cursors = cursorsOf(this.seal, 'sync-runs', workspaceId, query);
    const before = parameter(decodeCursor(cursors, query.cursor));
    const workspace = parameter(workspaceId);
    const { rows } = await dbOf(this.dataSource).run(sql<RunRow>`
       SELECT ${runColumns(workspace)} FROM sync_run WHERE workspace_id = ${workspace}
         AND (${before}::uuid IS NULL OR id < ${before})
       ORDER BY id DESC LIMIT ${query.limit + 1}`);
    const { items, nextCursor } = pageOf(cursors, rows, query.limit, ({ id }) => id);
    return { items: items.map((row) => toRun(row, language)), nextCursor };
  }

  /** @throws NotFoundError */
  async get(workspaceId: string, id: string, language: Language): Promise<RunResponse> {
    return readRun(dbOf(this.dataSource), workspaceId, id, language);
  }

  /** The newest run, or null before the first. */
  async last(workspaceId: string, language: Language): Promise<RunResponse | null> {
    const workspace = parameter(workspaceId);
    const { rows } = await dbOf(this.dataSource).run(
      sql<RunRow>`
           SELECT ${runColumns(workspace)} FROM sync_run WHERE workspace_id = ${workspace} ORDER BY id DESC LIMIT 1`,
    );
    const [row] = rows;
    return row === undefined ? null : toRun(row, language);
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
      requireUndoable(run);
      await requireNotBeingUndone(dbOf(manager), workspaceId, runId);
      const now = this.clock.now();
      const queued = await queueRun(dbOf(manager), {
        workspaceId,
        trigger: 'undo',
        requestedBy: email,
        now,
        undoesRunId: runId,
      });
      if (queued === null) throw new Error('An undo run was not queued');
      // The undo of an undo makes changes again.
      const details = { redoes: run.undoes?.redoes === false };
      await this.audit.byAdmin(manager, session, 'sync-run.undo-requested', runId, details);
      return queued;
    });
    this.worker.poke(workspaceId);
    return { id, state: 'queued' };
  }

  /** What is told of a refusal is read after the transaction: no request waits for a connection while it holds another. */
  private async queueManual(author: Author, asked: AskedRun): Promise<QueueOutcome> {
    const { workspaceId } = author;
    const { previewVersion } = asked;
    const isolation = previewVersion === undefined ? 'READ COMMITTED' : 'REPEATABLE READ';
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(isolation, async (manager) => {
          const now = this.clock.now();
          const { automaticSync } = await this.workspaces.lockActive(manager, workspaceId);
          const named = namedIn(asked);
          const chosen = named && (await readChosen(dbOf(manager), workspaceId, named));
          if (previewVersion !== undefined) {
            const versions = await this.preview.versions(dbOf(manager), workspaceId, now, named);
            if (!versions.includes(previewVersion)) return 'changed';
          }
          const queued = await this.queueAsked(manager, author, { named, chosen, now });
          // The first run of everybody by hand is the admin's word; an admin who paused it before has said otherwise.
          if (queued === null) return 'active';
          if (chosen === null && automaticSync === 'not_started') {
            await this.workspaces.startAutomaticSync(manager, workspaceId, author.actor);
          }
          return { queued };
        });
      } catch (error) {
        // The workspace's row was written between the snapshot and the lock: a new snapshot has it.
        if (!isTakenBack(error) || attempt === snapshotAttemptsMax) throw error;
      }
    }
  }

  /** Queues the run with its people, and the record of it. @returns null when another one is queued or running */
  private async queueAsked(
    manager: EntityManager,
    { workspaceId, actor }: Author,
    { named, chosen, now }: { named: PeopleNamed | null; chosen: ChosenPeople | null; now: Date },
  ): Promise<string | null> {
    const queued = await queueRun(dbOf(manager), {
      workspaceId,
      trigger: 'manual',
      requestedBy: nameOfActor(actor),
      now,
      ...(chosen !== null && { chosen }),
    });
    if (queued === null) return null;
    if (named !== null) await choosePeople(dbOf(manager), workspaceId, queued, named);
    const details =
      chosen === null
        ? {}
        : { chosenPeople: chosen.people, chosenGroups: chosen.groups.map(({ name }) => name) };
    await this.audit.record(manager, {
      workspaceId,
      actor,
      action: 'sync-run.requested',
      target: queued,
      details,
    });
    return queued;
  }

  private async changedSince(workspaceId: string, named: PeopleNamed | null): Promise<ConflictError> {
    // A run that is under way changes the preview with every batch: it is the reason, and nothing else could start.
    const { rows } = await dbOf(this.dataSource)
      .run(sql`SELECT FROM sync_run WHERE workspace_id = ${workspaceId}
      AND trigger IN ('manual', 'nightly', 'seat') AND state IN ('queued', 'running') LIMIT 1`);
    if (rows.length > 0) return this.alreadyActive(workspaceId);
    const { version, summary } =
      named === null
        ? await this.preview.versioned(workspaceId)
        : await this.preview.ofChosen(workspaceId, named);
    const detail = 'Something changed since this preview was made. Look at it again.';
    return new ConflictError('preview-changed', detail, { version, summary });
  }

  private async alreadyActive(workspaceId: string): Promise<ConflictError> {
    const { rows } = await dbOf(this.dataSource).run(sql<{ id: string }>`SELECT id FROM sync_run
       WHERE workspace_id = ${workspaceId} AND trigger IN ('manual', 'nightly', 'seat')
         ORDER BY (state IN ('queued', 'running')) DESC, id DESC
       LIMIT 1`);
    const [active] = rows;
    return new ConflictError('sync-run-active', 'A synchronization is queued or running already.', {
      runId: active?.id ?? null,
    });
  }
}

/** The people a run is asked for; null: everybody. */
function namedIn({ directoryUserIds, groupIds }: AskedRun): PeopleNamed | null {
  if (directoryUserIds === undefined && groupIds === undefined) return null;
  return { directoryUserIds: directoryUserIds ?? [], groupIds: groupIds ?? [] };
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
