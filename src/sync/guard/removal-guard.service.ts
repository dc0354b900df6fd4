import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../../http/paging/page.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { InLane } from '../../database/lanes/task.ts';
import { dbOf } from '../../database/db-of.ts';
import { parameter, sql } from '../../database/sql.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { ApprovalsService } from '../runs/approvals.service.ts';
import { toChangeView } from '../wording/change-view.ts';
import { heldByRun, readLetThrough, removalGuardState } from '../policy/let-through.ts';
import { managedActive } from '../policy/removal-guard.ts';
import { refuseIdsNotIn } from '../policy/named-ids.ts';
import type { Language } from '../../errors/sentence.ts';
import type {
  LetThroughResponse,
  RemovalGuardStandingResponse,
  RemovalGuardStateResponse,
} from './removal-guard.dto.ts';

/** What the removal guard has let through and holds, for an admin to see before they decide. */
@Injectable()
export class RemovalGuardService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly approvals: ApprovalsService,
  ) {}

  /** {@link state}, and how many members the limit is a share of. */
  async standing(workspaceId: string): Promise<RemovalGuardStandingResponse> {
    const state = await this.state(workspaceId);
    const { rows } = await dbOf(this.dataSource).run(
      sql<{ managed: number }>`SELECT ${managedActive(parameter(workspaceId))} AS managed`,
    );
    return { ...state, managed: rows[0]?.managed ?? 0 };
  }

  /** How many got through, and how many are held. */
  async state(workspaceId: string): Promise<RemovalGuardStateResponse> {
    const state = await removalGuardState(dbOf(this.dataSource), workspaceId, this.clock.now());
    return { ...state, heldSince: state.heldSince?.toISOString() ?? null };
  }

  /**
   * Approves or rejects held removals, whatever runs hold them, run by run.
   *
   * @param only the people to decide about; everybody who is held when absent
   * @throws ConflictError `nothing-held`, BadInputError for a person who is not held
   */
  async decide(
    session: Session,
    decision: 'approve' | 'reject',
    only: readonly string[] | undefined,
    language: Language,
  ): Promise<RemovalGuardStateResponse> {
    const { workspaceId } = session;
    const runs = await heldByRun(dbOf(this.dataSource), workspaceId, only ?? null);
    if (only === undefined && runs.length === 0)
      throw new ConflictError('nothing-held', 'Nothing is held in this workspace.');
    const held = runs.flatMap(({ people }) => people);
    refuseIdsNotIn('directoryUserIds', only ?? [], held, {
      code: 'nothing-held',
      message: 'Nothing is held for this person.',
    });
    for (const { runId, people } of runs) {
      await this.approvals[decision](session, runId, people, language);
    }
    return this.state(workspaceId);
  }

  /**
   * Members without access because the guard let their removal through.
   *
   * @throws BadInputError for a cursor of another list
   */
  @InLane('list')
  async letThrough(
    workspaceId: string,
    query: PageQuery,
    language: Language,
  ): Promise<Page<LetThroughResponse>> {
    const cursors = cursorsOf(this.seal, 'let-through', workspaceId, query);
    const rows = await readLetThrough(dbOf(this.dataSource), workspaceId, this.clock.now(), {
      after: decodeCursor(cursors, query.cursor),
      limit: query.limit + 1,
    });
    const { items, nextCursor } = pageOf(cursors, rows, query.limit, ({ id }) => id);
    return {
      items: items.map(({ at, runId, excluded, ...change }) => ({
        ...toChangeView(change, language),
        runId,
        excluded,
        at: at.toISOString(),
      })),
      nextCursor,
    };
  }
}
