import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { decodeCursor, type Page, pageOf } from '../audit/page.ts';
import { isUuid } from '../database/uuid.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { ReadingNote } from '../scim-core/reading-note.ts';
import type { LogEntry } from './log-entry.ts';
import { writeEntries } from './log-statements.ts';

const flushIntervalMs = 500;
const flushEntriesMax = 500;
/** What waits at most while the database is away; beyond it the oldest entries are dropped, and the loss is logged. */
const waitingEntriesMax = 20_000;

/** Which requests to list; `from` is inclusive, `to` exclusive. */
export interface LogFilter {
  cursor?: string | undefined;
  limit: number;
  from?: Date | undefined;
  to?: Date | undefined;
  outcome?: 'success' | 'error' | undefined;
  /** Lookups and lists, or what wanted to change something. */
  kind?: 'read' | 'change' | undefined;
  /** Requests about one of these alone. */
  resourceIds?: readonly string[] | undefined;
}

/** One request, as it was written. */
export interface LogRecord extends Omit<LogEntry, 'workspaceId' | 'tokenId' | 'body' | 'answer' | 'notes'> {
  /** What was not read as it came, all resources of the request together. */
  notes: readonly ReadingNote[];
  outcome: 'success' | 'error';
}

/** One request with its bodies: parsed JSON without secrets; null where there was none or none is kept. */
export interface LogRecordWithBodies extends LogRecord {
  request: unknown;
  answer: unknown;
}

const recordColumns = `l.id, l.at, l.request_id AS "requestId", l.method, l.path, l.status,
  l.scim_type AS "scimType", l.detail, CASE WHEN l.status < 400 THEN 'success' ELSE 'error' END AS outcome,
  l.resource_type AS "resourceType", l.resource_id AS "resourceId", l.user_agent AS "userAgent",
  l.duration_ms AS "durationMs", l.found, l.event_ids AS "eventIds",
  coalesce((SELECT jsonb_agg(note.value ORDER BY n.position) FROM provisioning_log_note n, jsonb_array_elements(n.notes) AS note(value)
    WHERE n.workspace_id = l.workspace_id AND n.entry_id = l.id), '[]') AS notes`;
/** Searches are posted (RFC 7644 §3.4.3). */
const isRead = `(l.method = 'GET' OR l.path ILIKE '%/.search%')`;

/**
 * The provisioning log: every SCIM request of a workspace, readable by its admin. Entries are written in batches,
 * never in the request's way; the newest of a batch also is the workspace's last contact.
 */
@Injectable()
export class ProvisioningLogService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(ProvisioningLogService.name);
  private waiting: LogEntry[] = [];
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flush(), flushIntervalMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Takes an entry; it is in the table within a second. */
  add(entry: LogEntry): void {
    if (this.waiting.length >= waitingEntriesMax) {
      const lost = this.waiting.splice(0, flushEntriesMax).length;
      this.logger.error(`The provisioning log cannot be written: ${lost} entries are lost.`);
    }
    this.waiting.push(entry);
  }

  /** Writes all that waits now. A failure is logged and the entries wait for the next time. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.writeWaiting());
    return this.flushing;
  }

  /**
   * The workspace's requests, newest first; what still waits is written before.
   *
   * @throws BadInputError when the cursor is none of ours
   */
  async list(workspaceId: string, query: LogFilter): Promise<Page<LogRecord>> {
    await this.flush();
    const rows = await this.dataSource.query<LogRecord[]>(
      `SELECT ${recordColumns}
       FROM provisioning_log l
       WHERE workspace_id = $1
         AND ($2::uuid IS NULL OR id < $2)
         AND ($3::timestamptz IS NULL OR at >= $3)
         AND ($4::timestamptz IS NULL OR at < $4)
         AND ($5::text IS NULL OR (status < 400) = ($5 = 'success'))
         AND ($6::text[] IS NULL OR resource_id = ANY ($6))
         AND ($7::text IS NULL OR ${isRead} = ($7 = 'read'))
       ORDER BY id DESC LIMIT $8`,
      [
        workspaceId,
        decodeCursor(query.cursor),
        query.from ?? null,
        query.to ?? null,
        query.outcome ?? null,
        query.resourceIds ?? null,
        query.kind ?? null,
        query.limit + 1,
      ],
    );
    return pageOf(rows, query.limit, ({ id }) => id);
  }

  /**
   * One request with its bodies.
   *
   * @throws NotFoundError when the workspace has no such entry, or no more
   */
  async get(workspaceId: string, id: string): Promise<LogRecordWithBodies> {
    await this.flush();
    const [row] = isUuid(id)
      ? await this.dataSource.query<LogRecordWithBodies[]>(
          `SELECT ${recordColumns}, b.request, b.answer
           FROM provisioning_log l LEFT JOIN provisioning_log_body b USING (workspace_id, id)
           WHERE l.workspace_id = $1 AND l.id = $2`,
          [workspaceId, id],
        )
      : [];
    if (row === undefined) throw new NotFoundError('request');
    return row;
  }

  /** What comes in meanwhile waits for the next time: else a busy hour would write a batch for every few entries. */
  private async writeWaiting(): Promise<void> {
    for (let left = this.waiting.length; left > 0; left -= flushEntriesMax) {
      const batch = this.waiting.splice(0, Math.min(left, flushEntriesMax));
      try {
        await writeEntries(this.dataSource, batch);
      } catch (error) {
        // Requests of any size must not pile up while the database is away: the lines wait, the bodies do not.
        this.waiting = [...batch, ...this.waiting].map(withoutBodies);
        this.logger.warn(
          `The provisioning log has to wait: ${error instanceof Error ? error.message : String(error)}`,
        );
        return;
      }
    }
  }
}

function withoutBodies(entry: LogEntry): LogEntry {
  return { ...entry, body: undefined, answer: undefined };
}
