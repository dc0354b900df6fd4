import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { BackgroundTasks } from '../background/background-tasks.ts';
import { inLane } from '../database/lanes/task.ts';
import { type ArrayColumns, rowsFrom } from '../database/row-arrays.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { days } from '../errors/duration.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import type { ApiToken } from '../http/request/request-state.ts';
import { apiTokenPrefix } from '../http/request/token-kind.ts';
import { secretLengthChars, shownPrefixLengthChars } from '../http/request/token-secret.ts';
import type { AttemptProblem, TokenAttempt } from './token-attempt.ts';

const writeEveryMs = 2_000;
/** Different attempts that wait to be written: what somebody makes up must not fill the memory. */
export const attemptsWaitingMax = 1_000;
/** How long attempts are told of. After a longer pause their count begins again. */
export const attemptsKeptMs = days(7);
/** Longest user agent that is kept, in characters. */
const userAgentLengthMaxChars = 200;

/** The beginning of an API token, as long as it may be shown. */
const prefixForm = new RegExp(
  `${apiTokenPrefix}[0-9A-Za-z]{${shownPrefixLengthChars - apiTokenPrefix.length}}`,
);

/** An attempt that failed: of a token that is known, or of which the beginning is. */
type Attempted = { token: ApiToken } | { prefix: string };

/** Attempts of one kind, newest and counted. */
interface Waiting {
  workspaceId: string | null;
  tokenId: string | null;
  prefix: string | null;
  problem: AttemptProblem;
  count: number;
  lengthChars: number;
  userAgent: string | null;
  firstAt: Date;
  lastAt: Date;
}

/** When and by which program something was attempted. */
export interface AttemptedBy {
  at: Date;
  userAgent: string | null;
}

/**
 * Notes for the admin of the workspace whose token was spoilt. Nobody who sends one waits for it or learns anything: the
 * answer is the same, and what is noted is written a little later, many at once.
 */
@Injectable()
export class TokenAttempts implements BeforeApplicationShutdown {
  private readonly logger = new Logger(TokenAttempts.name);
  private waiting = new Map<string, Waiting>();

  constructor(
    private readonly db: StatementPool,
    private readonly faults: PassingFaultLog,
    tasks: BackgroundTasks,
  ) {
    tasks.every({
      name: 'Writing attempts with spoilt tokens',
      everyMs: writeEveryMs,
      once: () => this.write(),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.write();
  }

  /** A token that is known is no good any more. */
  noteKnown(token: ApiToken, problem: 'revoked' | 'expired', by: AttemptedBy): void {
    this.note({ token }, problem, secretLengthChars(apiTokenPrefix), by);
  }

  /**
   * What came is no token, but may begin like one.
   *
   * @param credentials what came, or the header that it came in
   */
  noteSpoilt(credentials: string, by: AttemptedBy): void {
    const [prefix] = prefixForm.exec(credentials) ?? [];
    if (prefix === undefined) return;
    this.note({ prefix }, problemOf(credentials), credentials.length, by);
  }

  /** Writes what waits. Never rejects: what the database cannot take now is tried next time. */
  async write(): Promise<void> {
    if (this.waiting.size === 0) return;
    const { waiting } = this;
    this.waiting = new Map();
    try {
      await inLane('background', () => this.db.run(upsert([...waiting.values()])));
    } catch (error) {
      for (const [key, each] of waiting) this.keep(key, each);
      this.faults.report(error, 'Writing attempts with spoilt tokens', this.logger);
    }
  }

  /** The attempts of a workspace that are recent, newest first. Waiting ones are written first. */
  async of(workspaceId: string, now: Date): Promise<TokenAttempt[]> {
    await this.write();
    const { rows } = await this.db.run(
      sql<TokenAttempt>`SELECT a.token_id AS "tokenId", k.name AS "tokenName", k.prefix AS "tokenPrefix",
          k.last_four AS "tokenLastFour", a.problem, a.count, a.length_chars AS "lengthChars",
          a.user_agent AS "userAgent", a.first_at AS "firstAt", a.last_at AS "lastAt"
        FROM token_attempt a JOIN api_token k ON k.workspace_id = a.workspace_id AND k.id = a.token_id
        WHERE a.workspace_id = ${workspaceId} AND a.last_at > ${new Date(now.getTime() - attemptsKeptMs)}
        ORDER BY a.last_at DESC, a.token_id, a.problem`,
    );
    return rows;
  }

  private note(attempted: Attempted, problem: AttemptProblem, lengthChars: number, by: AttemptedBy): void {
    const { at, userAgent } = by;
    const { workspaceId = null, tokenId = null } = 'token' in attempted ? attempted.token : {};
    const prefix = 'prefix' in attempted ? attempted.prefix : null;
    this.keep(`${tokenId ?? prefix} ${problem}`, {
      ...{ workspaceId, tokenId, prefix, problem, count: 1, lengthChars },
      userAgent: userAgent?.slice(0, userAgentLengthMaxChars) ?? null,
      firstAt: at,
      lastAt: at,
    });
  }

  private keep(key: string, attempt: Waiting): void {
    const other = this.waiting.get(key);
    if (other === undefined) {
      if (this.waiting.size < attemptsWaitingMax) this.waiting.set(key, attempt);
      return;
    }
    const newest = other.lastAt > attempt.lastAt ? other : attempt;
    const firstAt = other.firstAt < attempt.firstAt ? other.firstAt : attempt.firstAt;
    this.waiting.set(key, { ...newest, firstAt, count: other.count + attempt.count });
  }
}

function problemOf(credentials: string): AttemptProblem {
  if (/[^0-9A-Za-z_]/.test(credentials)) return 'surrounded';
  return credentials.length < secretLengthChars(apiTokenPrefix) ? 'truncated' : 'mistyped';
}

const columns: ArrayColumns<Waiting> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  token_id: { type: 'uuid', of: ({ tokenId }) => tokenId },
  prefix: { type: 'text', of: ({ prefix }) => prefix },
  problem: { type: 'text', of: ({ problem }) => problem },
  count: { type: 'integer', of: ({ count }) => count },
  length_chars: { type: 'integer', of: ({ lengthChars }) => lengthChars },
  user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  first_at: { type: 'timestamptz', of: ({ firstAt }) => firstAt.toISOString() },
  last_at: { type: 'timestamptz', of: ({ lastAt }) => lastAt.toISOString() },
};

/** Several tokens may begin alike: then nobody knows whose it was, and it is noted for none. */
function upsert(attempts: readonly Waiting[]) {
  return sql`INSERT INTO token_attempt AS a
      (workspace_id, token_id, problem, count, length_chars, user_agent, first_at, last_at)
    SELECT k.workspace_id, k.id, x.problem, x.count, x.length_chars, x.user_agent, x.first_at, x.last_at
    FROM ${rowsFrom(columns, attempts)} CROSS JOIN LATERAL (
      SELECT workspace_id, id FROM api_token WHERE workspace_id = x.workspace_id AND id = x.token_id
      UNION ALL
      SELECT (array_agg(workspace_id))[1], (array_agg(id))[1] FROM api_token WHERE prefix = x.prefix HAVING count(*) = 1
    ) k
    ON CONFLICT (workspace_id, token_id, problem) DO UPDATE SET
      count = CASE WHEN a.last_at < excluded.last_at - make_interval(secs => ${attemptsKeptMs / 1_000}) THEN 0 ELSE a.count END
        + excluded.count,
      first_at = CASE WHEN a.last_at < excluded.last_at - make_interval(secs => ${attemptsKeptMs / 1_000})
        THEN excluded.first_at ELSE a.first_at END,
      last_at = greatest(a.last_at, excluded.last_at), length_chars = excluded.length_chars,
      user_agent = excluded.user_agent`;
}
