import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { newId } from '../database/ids.ts';
import { decodeCursor, type Page, pageOf } from '../audit/page.ts';
import type { LogEntry } from './log-entry.ts';

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
  resourceId?: string | undefined;
}

/** One request, as the API shows it. */
export interface LogRecord extends Omit<LogEntry, 'workspaceId' | 'tokenId' | 'at'> {
  id: string;
  at: string;
  outcome: 'success' | 'error';
}

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

  /** Writes all that waits. A failure is logged and the entries wait for the next time. */
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
    const rows = await this.dataSource.query<(Omit<LogRecord, 'at'> & { at: Date })[]>(
      `SELECT id, at, request_id AS "requestId", method, path, status, scim_type AS "scimType", detail,
         CASE WHEN status < 400 THEN 'success' ELSE 'error' END AS outcome, resource_type AS "resourceType",
         resource_id AS "resourceId", user_agent AS "userAgent", duration_ms AS "durationMs"
       FROM provisioning_log
       WHERE workspace_id = $1
         AND ($2::uuid IS NULL OR id < $2)
         AND ($3::timestamptz IS NULL OR at >= $3)
         AND ($4::timestamptz IS NULL OR at < $4)
         AND ($5::text IS NULL OR (status < 400) = ($5 = 'success'))
         AND ($6::text IS NULL OR resource_id = $6)
       ORDER BY id DESC LIMIT $7`,
      [
        workspaceId,
        decodeCursor(query.cursor),
        query.from ?? null,
        query.to ?? null,
        query.outcome ?? null,
        query.resourceId ?? null,
        query.limit + 1,
      ],
    );
    const records = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return pageOf(records, query.limit, ({ id }) => id);
  }

  private async writeWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, flushEntriesMax);
      try {
        await this.write(batch);
      } catch (error) {
        this.waiting.unshift(...batch);
        this.logger.warn(
          `The provisioning log has to wait: ${error instanceof Error ? error.message : String(error)}`,
        );
        return;
      }
    }
  }

  private async write(batch: readonly LogEntry[]): Promise<void> {
    const rows = batch.map((entry) => ({ ...entry, id: newId() }));
    await this.dataSource.query(
      `WITH entry AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(
           "workspaceId" uuid, id uuid, "tokenId" uuid, at timestamptz, "requestId" text, method text, path text,
           status integer, "scimType" text, detail text, "resourceType" text, "resourceId" text, "userAgent" text,
           "durationMs" integer)
       ), contact AS (
         UPDATE workspace w SET last_contact_at = e.at, last_contact_status = e.status
         FROM (SELECT DISTINCT ON ("workspaceId") "workspaceId", at, status FROM entry
               ORDER BY "workspaceId", at DESC, id DESC) e
         WHERE w.id = e."workspaceId" AND (w.last_contact_at IS NULL OR w.last_contact_at <= e.at)
       )
       INSERT INTO provisioning_log (workspace_id, id, token_id, at, request_id, method, path, status, scim_type,
         detail, resource_type, resource_id, user_agent, duration_ms)
       SELECT "workspaceId", id, "tokenId", at, "requestId", method, path, status, "scimType",
         detail, "resourceType", "resourceId", "userAgent", "durationMs"
       FROM entry WHERE EXISTS (SELECT 1 FROM workspace w WHERE w.id = "workspaceId")`,
      [JSON.stringify(rows)],
    );
  }
}
