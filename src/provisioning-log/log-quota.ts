import { LRUCache } from 'lru-cache';
import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';
import type { LogEntry } from './log-entry.ts';
import { dayOf, type LogDay } from './log-statements.ts';
import { KeptText } from './redact.ts';

export const bytesPerMegabyte = 1_000_000;
const daysMax = 20_000;

/** Takes the place of a body that is beyond the quota. */
const beyondQuota = new KeptText(JSON.stringify('… (not kept: the log of this day is full)'));

/**
 * Keeps the log of a workspace within what it may fill in a day: beyond that, requests are logged without their bodies. It
 * is known as of the last batch that this process wrote.
 */
export class LogQuota {
  private readonly maxBytes: number;
  private readonly filled = new LRUCache<string, number>({ max: daysMax });

  constructor(megabytesPerDay: number) {
    this.maxBytes = megabytesPerDay * bytesPerMegabyte;
  }

  note(days: readonly LogDay[]): void {
    for (const { workspaceId, day, bytes } of days) this.filled.set(`${workspaceId} ${day}`, bytes);
  }

  /** The entry, without its bodies when the day is full. */
  within(entry: LogEntry): LogEntry {
    const { workspaceId, at, body, answer } = entry;
    const isFull = (this.filled.get(`${workspaceId} ${dayOf(at)}`) ?? 0) >= this.maxBytes;
    if (!isFull || (body === undefined && answer === undefined)) return entry;
    return {
      ...entry,
      body: body === undefined ? undefined : beyondQuota,
      answer: answer === undefined ? undefined : beyondQuota,
    };
  }
}

/** How many megabytes of its log a workspace has filled on the day of this moment. */
export async function megabytesToday(db: Db, workspaceId: string, now: Date): Promise<number> {
  const { rows } = await db.run(sql<{ bytes: string }>`
    SELECT bytes FROM provisioning_log_day WHERE workspace_id = ${workspaceId} AND day = ${dayOf(now)}::date`);
  return Math.round(Number(rows[0]?.bytes ?? 0) / bytesPerMegabyte);
}

/** Forgets days that are over. */
export async function deleteDaysBefore(db: Db, time: Date): Promise<void> {
  await db.run(sql`DELETE FROM provisioning_log_day WHERE day < ${dayOf(time)}::date`);
}
