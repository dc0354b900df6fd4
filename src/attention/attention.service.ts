import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { parameter, sql, type Sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { type Language, sentenceText } from '../errors/sentence.ts';
import { cursorsOf, decodeCursor, pageUpTo } from '../http/paging/page.ts';
import { type Caller, limitOf } from '../http/request/caller.ts';
import { firstId } from '../sync/planning/claim-people.ts';
import { WorkspaceHealth } from '../workspaces/workspace-health.ts';
import type { NeedResponse, WorkspaceHealthResponse } from '../workspaces/workspace-health.dto.ts';
import type { AttentionPageResponse, AttentionQuery, WorkspaceNeedsResponse } from './attention.dto.ts';
import { type FactsRow, readFacts } from './facts.ts';
import { type Need, needSentences, needsOf, type WorkspaceFacts } from './needs.ts';

/** Workspaces that one statement looks at. */
const lookedAtTogether = 500;

/** Workspaces that one page looks at; after that it ends, though it is not full. */
const lookedAtMax = 10_000;

/** What somebody has to do something about, over all workspaces; nothing is stored, so it is gone when it is done. */
@Injectable()
export class AttentionService implements OnModuleInit {
  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly seal: CursorSeal,
    private readonly health: WorkspaceHealth,
  ) {}

  onModuleInit(): void {
    this.health.register((ids, language) => this.healthOf(ids, language));
  }

  /**
   * The workspaces that need somebody, in the order of their making. A page looks at 10,000 workspaces at most, so it may
   * be short, and another follows all the same.
   *
   * @throws BadInputError for a bad cursor
   */
  async list(
    { cursor, limit, code }: AttentionQuery,
    caller: Caller,
    language: Language,
  ): Promise<AttentionPageResponse> {
    const now = this.clock.now();
    const within = limitOf(caller);
    const cursors = cursorsOf(this.seal, 'attention', '', { within, code });
    const found: WorkspaceNeedsResponse[] = [];
    let after = decodeCursor(cursors, cursor);
    let lookedAt = 0;
    for (;;) {
      const rows = await this.read(
        sql`w.id > coalesce(${after}::uuid, ${firstId})
        AND (${parameter(within)}::uuid[] IS NULL OR w.id = ANY (${within}::uuid[]))`,
        now,
      );
      for (const row of rows) {
        const needs = needsOf(factsOf(row), now).filter((need) => code === undefined || need.code === code);
        if (needs.length > 0) found.push(described(row, needs, language));
        after = row.id;
        if (found.length > limit) return pageUpTo(cursors, found.slice(0, limit), true, ({ id }) => id);
      }
      lookedAt += rows.length;
      if (rows.length < lookedAtTogether) return { items: found, nextCursor: null };
      if (lookedAt >= lookedAtMax) {
        const { nextCursor } = pageUpTo(cursors, [{ id: after ?? '' }], true, ({ id }) => id);
        return { items: found, nextCursor };
      }
    }
  }

  /** How these workspaces are, by id. */
  private async healthOf(
    ids: readonly string[],
    language: Language,
  ): Promise<Map<string, WorkspaceHealthResponse>> {
    const now = this.clock.now();
    const rows = await this.read(sql`w.id = ANY (${[...ids]}::uuid[])`, now);
    return new Map(
      rows.map((row) => {
        const { needs } = described(row, needsOf(factsOf(row), now), language);
        const lastContactAt = row.lastContactAt?.toISOString() ?? null;
        return [row.id, { needs, lastContactAt }];
      }),
    );
  }

  private read(which: Sql, now: Date): Promise<readonly FactsRow[]> {
    return readFacts(this.db, which, now, lookedAtTogether);
  }
}

function factsOf(row: FactsRow): WorkspaceFacts {
  const { held, heldSince, conflicts, conflictsSince, runState, runCreatedAt } = row;
  return {
    ...row,
    held: heldSince === null ? null : { count: held, since: heldSince },
    conflicts: conflictsSince === null ? null : { count: conflicts, since: conflictsSince },
    lastRun:
      runState === null || runCreatedAt === null
        ? null
        : { state: runState, createdAt: runCreatedAt, finishedAt: row.runFinishedAt },
    tokensUntil: row.tokens === 0 ? null : row.endlessTokens > 0 ? 'forever' : row.tokensUntil,
  };
}

function described(
  { id, externalId, name }: FactsRow,
  needs: readonly Need[],
  language: Language,
): WorkspaceNeedsResponse {
  return { id, externalId, name, needs: needs.map((need) => worded(need, language)) };
}

function worded({ code, at, count }: Need, language: Language): NeedResponse {
  const text = sentenceText(needSentences[code], language, { count });
  return { code, text, count, at: at.toISOString() };
}
