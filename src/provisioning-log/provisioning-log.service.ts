import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../http/paging/page.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { isUuid } from '../database/uuid.ts';
import { list, nothing, type Parameter, parameter, raw, type Sql, sql } from '../database/sql.ts';
import { dbOf } from '../database/db-of.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import { searchWords } from '../scim-core/resource-search.ts';
import type { ReadingNote } from '../scim-core/reading-note.ts';
import type { LogEntry } from './log-entry.ts';
import { LogWriter } from './log-writer.ts';

/** Which requests to list; `from` is inclusive, `to` exclusive. */
export interface LogFilter {
  cursor?: string | undefined;
  limit: number;
  from?: Date | undefined;
  to?: Date | undefined;
  outcome?: 'success' | 'error' | undefined;
  /** Lookups and lists, or requests to change something. */
  kind?: 'read' | 'change' | undefined;
  /** Only requests about one of these. */
  resourceIds?: readonly string[] | undefined;
  /** Only requests that came with this API token. */
  tokenId?: string | undefined;
  /** Only requests that hold all of its words, or that are about one of `ids`. */
  search?: { text: string; ids: readonly string[] } | undefined;
}

/** The API token that a request came with, under its present name. */
export interface UsedToken {
  id: string;
  name: string;
  lastFour: string;
  revokedAt: string | null;
}

/** One request, as it was written. */
export interface LogRecord extends Omit<LogEntry, 'workspaceId' | 'tokenId' | 'body' | 'answer' | 'notes'> {
  /** Which parts of the request were not read as sent, for all its resources. */
  notes: readonly ReadingNote[];
  outcome: 'success' | 'error';
  /** What a refused request calls its person or group. */
  subject: string | null;
  token: UsedToken | null;
}

/** One request with its bodies: parsed JSON without secrets; null if there was none, or if it is not kept. */
export interface LogRecordWithBodies extends LogRecord {
  request: unknown;
  answer: unknown;
}

const recordColumns = (
  workspace: Parameter,
) => sql`l.id, l.at, l.request_id AS "requestId", l.method, l.path, l.status,
  l.scim_type AS "scimType", l.detail, CASE WHEN l.status < 400 THEN 'success' ELSE 'error' END AS outcome,
  l.resource_type AS "resourceType", l.resource_id AS "resourceId", l.user_agent AS "userAgent",
  l.duration_ms AS "durationMs", l.found, l.event_ids AS "eventIds",
  l.subject,
  coalesce((SELECT jsonb_agg(note.value ORDER BY n.position) FROM provisioning_log_note n, jsonb_array_elements(n.notes) AS note(value)
    WHERE n.workspace_id = ${workspace} AND n.entry_id = l.id), '[]') AS notes,
  CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'name', k.name, 'lastFour', k.last_four,
    'revokedAt', to_char(k.revoked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS token`;
/**
 * Tokens are deleted only with their workspace: a revoked one still has its name. A workspace has few of them, which are
 * read by themselves: a database that is distributed by workspace has them on another node.
 */
const tokensOf = (workspace: Parameter) =>
  sql`WITH k AS MATERIALIZED (SELECT id, name, last_four, revoked_at FROM api_token WHERE workspace_id = ${workspace})`;
const logWithToken = raw('provisioning_log l LEFT JOIN k ON k.id = l.token_id');
/** Searches are posted (RFC 7644 §3.4.3). */
const isRead = raw(`(l.method = 'GET' OR l.path ILIKE '%/.search%')`);

/** The provisioning log: every SCIM request of a workspace, readable by its admin. `LogWriter` writes it. */
@Injectable()
export class ProvisioningLogService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly writer: LogWriter,
    private readonly seal: CursorSeal,
  ) {}

  /**
   * The workspace's requests, newest first. Waiting entries are written first.
   *
   * @param asked the query as sent, which the cursors belong to
   * @throws BadInputError when the cursor is none of ours
   */
  async list(workspaceId: string, query: LogFilter, asked: object = query): Promise<Page<LogRecord>> {
    const cursors = cursorsOf(this.seal, 'provisioning-log', workspaceId, asked);
    await this.writer.flush();
    const workspace = parameter(workspaceId);
    const before = parameter(decodeCursor(cursors, query.cursor));
    const from = parameter(query.from ?? null);
    const to = parameter(query.to ?? null);
    const outcome = parameter(query.outcome ?? null);
    const resourceIds = parameter(query.resourceIds ?? null);
    const kind = parameter(query.kind ?? null);
    const tokenId = parameter(query.tokenId ?? null);
    const { rows } = await dbOf(this.dataSource)
      .run(sql<LogRecord>`${tokensOf(workspace)} SELECT ${recordColumns(workspace)}
       FROM ${logWithToken}
       WHERE l.workspace_id = ${workspace}
         AND (${before}::uuid IS NULL OR l.id < ${before})
         AND (${from}::timestamptz IS NULL OR at >= ${from})
         AND (${to}::timestamptz IS NULL OR at < ${to})
         AND (${outcome}::text IS NULL OR (status < 400) = (${outcome} = 'success'))
         AND (${resourceIds}::text[] IS NULL OR resource_id = ANY (${resourceIds}))
         AND (${kind}::text IS NULL OR ${isRead} = (${kind} = 'read'))
         AND (${tokenId}::uuid IS NULL OR l.token_id = ${tokenId})
         ${query.search === undefined ? nothing : searched(workspaceId, query.search)}
       ORDER BY l.id DESC LIMIT ${query.limit + 1}`);
    return pageOf(cursors, rows, query.limit, ({ id }) => id);
  }

  /**
   * One request with its bodies.
   *
   * @throws NotFoundError when the workspace has no such entry, or no longer has it
   */
  async get(workspaceId: string, id: string): Promise<LogRecordWithBodies> {
    await this.writer.flush();
    const workspace = parameter(workspaceId);
    const [row] = isUuid(id)
      ? (
          await dbOf(this.dataSource)
            .run(sql<LogRecordWithBodies>`${tokensOf(workspace)} SELECT ${recordColumns(workspace)}, b.request, b.answer
           FROM ${logWithToken}
           LEFT JOIN provisioning_log_body b ON b.workspace_id = ${workspace} AND b.id = l.id
           WHERE l.workspace_id = ${workspace} AND l.id = ${id}`)
        ).rows
      : [];
    if (row === undefined) throw new NotFoundError('request');
    return row;
  }
}

/**
 * Requests that hold all words of a search, and all requests about the same people and groups, also when these have been
 * deleted since.
 */
function searched(workspaceId: string, { text, ids }: { text: string; ids: readonly string[] }): Sql {
  const words = searchWords(text);
  if (words.length === 0) return nothing;
  const workspace = parameter(workspaceId);
  const each = words.map((forms) => {
    const found = forms.map((form) => sql`strpos(s.search_text, ${form}) > 0`);
    return sql`(${list(found, ' OR ')})`;
  });
  return sql`AND l.id IN (
    WITH said AS MATERIALIZED (
      SELECT s.id FROM provisioning_log s
      WHERE s.workspace_id = ${workspace} AND s.search_text IS NOT NULL AND ${list(each, ' AND ')}
    ), about AS MATERIALIZED (
      SELECT a.resource_id FROM said JOIN provisioning_log a ON a.workspace_id = ${workspace} AND a.id = said.id
      WHERE a.resource_id IS NOT NULL
      UNION SELECT unnest(${ids}::text[]))
    SELECT id FROM said
    UNION SELECT r.id FROM about JOIN provisioning_log r ON r.workspace_id = ${workspace}
      AND r.resource_id = about.resource_id AND r.resource_id IS NOT NULL)`;
}
