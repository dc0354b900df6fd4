import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../http/paging/page.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { isUuid } from '../database/uuid.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
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
  token: UsedToken | null;
}

/** One request with its bodies: parsed JSON without secrets; null if there was none, or if it is not kept. */
export interface LogRecordWithBodies extends LogRecord {
  request: unknown;
  answer: unknown;
}

const recordColumns = `l.id, l.at, l.request_id AS "requestId", l.method, l.path, l.status,
  l.scim_type AS "scimType", l.detail, CASE WHEN l.status < 400 THEN 'success' ELSE 'error' END AS outcome,
  l.resource_type AS "resourceType", l.resource_id AS "resourceId", l.user_agent AS "userAgent",
  l.duration_ms AS "durationMs", l.found, l.event_ids AS "eventIds",
  coalesce((SELECT jsonb_agg(note.value ORDER BY n.position) FROM provisioning_log_note n, jsonb_array_elements(n.notes) AS note(value)
    WHERE n.workspace_id = l.workspace_id AND n.entry_id = l.id), '[]') AS notes,
  CASE WHEN k.id IS NOT NULL THEN json_build_object('id', k.id, 'name', k.name, 'lastFour', k.last_four,
    'revokedAt', to_char(k.revoked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS token`;
/** Tokens are deleted only with their workspace: a revoked one still has its name. */
const logWithToken = `provisioning_log l
  LEFT JOIN api_token k ON k.workspace_id = l.workspace_id AND k.id = l.token_id`;
/** Searches are posted (RFC 7644 §3.4.3). */
const isRead = `(l.method = 'GET' OR l.path ILIKE '%/.search%')`;

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
    const rows = await this.dataSource.query<LogRecord[]>(
      `SELECT ${recordColumns}
       FROM ${logWithToken}
       WHERE l.workspace_id = $1
         AND ($2::uuid IS NULL OR l.id < $2)
         AND ($3::timestamptz IS NULL OR at >= $3)
         AND ($4::timestamptz IS NULL OR at < $4)
         AND ($5::text IS NULL OR (status < 400) = ($5 = 'success'))
         AND ($6::text[] IS NULL OR resource_id = ANY ($6))
         AND ($7::text IS NULL OR ${isRead} = ($7 = 'read'))
         AND ($9::uuid IS NULL OR l.token_id = $9)
       ORDER BY l.id DESC LIMIT $8`,
      [
        workspaceId,
        decodeCursor(cursors, query.cursor),
        query.from ?? null,
        query.to ?? null,
        query.outcome ?? null,
        query.resourceIds ?? null,
        query.kind ?? null,
        query.limit + 1,
        query.tokenId ?? null,
      ],
    );
    return pageOf(cursors, rows, query.limit, ({ id }) => id);
  }

  /**
   * One request with its bodies.
   *
   * @throws NotFoundError when the workspace has no such entry, or no longer has it
   */
  async get(workspaceId: string, id: string): Promise<LogRecordWithBodies> {
    await this.writer.flush();
    const [row] = isUuid(id)
      ? await this.dataSource.query<LogRecordWithBodies[]>(
          `SELECT ${recordColumns}, b.request, b.answer
           FROM ${logWithToken}
           LEFT JOIN provisioning_log_body b ON b.workspace_id = l.workspace_id AND b.id = l.id
           WHERE l.workspace_id = $1 AND l.id = $2`,
          [workspaceId, id],
        )
      : [];
    if (row === undefined) throw new NotFoundError('request');
    return row;
  }
}
