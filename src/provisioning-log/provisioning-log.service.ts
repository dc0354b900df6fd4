import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { newId } from '../database/ids.ts';
import { type ArrayColumns, rowArrays } from '../database/row-arrays.ts';
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

  /** What comes in meanwhile waits for the next time: else a busy hour would write a batch for every few entries. */
  private async writeWaiting(): Promise<void> {
    for (let left = this.waiting.length; left > 0; left -= flushEntriesMax) {
      const batch = this.waiting.splice(0, Math.min(left, flushEntriesMax));
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
    const contacts = rowArrays(contactColumns, lastContacts(batch), 1);
    const entries = rowArrays(entryColumns, batch, 1 + contacts.parameters.length);
    const names = Object.keys(entryColumns);
    await this.dataSource.query(
      `WITH contact AS (
         UPDATE workspace w SET last_contact_at = x.at, last_contact_status = x.status
         FROM ${contacts.sql}
         WHERE w.id = x.workspace_id AND (w.last_contact_at IS NULL OR w.last_contact_at <= x.at)
       )
       INSERT INTO provisioning_log (${names.join(', ')})
       SELECT ${names.map((name) => `x.${name}`).join(', ')} FROM ${entries.sql}
       WHERE EXISTS (SELECT 1 FROM workspace w WHERE w.id = x.workspace_id)`,
      [...contacts.parameters, ...entries.parameters],
    );
  }
}

const entryColumns: ArrayColumns<LogEntry> = {
  workspace_id: { type: 'uuid', of: ({ workspaceId }) => workspaceId },
  id: { type: 'uuid', of: () => newId() },
  token_id: { type: 'uuid', of: ({ tokenId }) => tokenId },
  at: { type: 'timestamptz', of: ({ at }) => at.toISOString() },
  request_id: { type: 'text', of: ({ requestId }) => requestId },
  method: { type: 'text', of: ({ method }) => method },
  path: { type: 'text', of: ({ path }) => path },
  status: { type: 'integer', of: ({ status }) => status },
  scim_type: { type: 'text', of: ({ scimType }) => scimType },
  detail: { type: 'text', of: ({ detail }) => detail },
  resource_type: { type: 'text', of: ({ resourceType }) => resourceType },
  resource_id: { type: 'text', of: ({ resourceId }) => resourceId },
  user_agent: { type: 'text', of: ({ userAgent }) => userAgent },
  duration_ms: { type: 'integer', of: ({ durationMs }) => durationMs },
};

const contactColumns: ArrayColumns<LogEntry> = {
  workspace_id: entryColumns.workspace_id!,
  at: entryColumns.at!,
  status: entryColumns.status!,
};

/** The newest entry of each workspace. */
function lastContacts(batch: readonly LogEntry[]): LogEntry[] {
  const newest = new Map<string, LogEntry>();
  for (const entry of batch) {
    const other = newest.get(entry.workspaceId);
    if (other === undefined || other.at <= entry.at) newest.set(entry.workspaceId, entry);
  }
  return [...newest.values()];
}
