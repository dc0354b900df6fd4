import { createHash } from 'node:crypto';
import type { WorkspaceSettings } from './settings.ts';

/** Daily synchronizations of many workspaces are spread over this time. */
const spreadMaxSeconds = 3600;

/** Those that come several times a day are spread over less: an admin who says 08:00 looks at 08:30. */
const shortSpreadMaxSeconds = 15 * 60;

const dayLengthSeconds = 86_400;

/** Longest run of local dates that a zone ever skipped is one (Pacific/Apia, 2011-12-30); two more for safety. */
const daysAheadMax = 4;

export type Schedule = Pick<WorkspaceSettings, 'dailySyncAt' | 'timeZone' | 'schedule'>;

/**
 * When the next scheduled synchronization of a workspace is due, by the clocks of its time zone.
 *
 * - `daily`, `times`: each time of day comes once on every local date, never twice and never skipped, also where daylight
 *   saving repeats or leaves out the hour.
 * - `hours`: every so many hours from each local midnight on. Where the clocks are put forward or back, the way to the
 *   next midnight is shorter or longer: never less than half as long, never half as long again.
 *
 * @param schedule the workspace's times or hours, and its IANA time zone
 * @param workspaceId spreads the workspaces over the hour (`daily`) or the quarter of an hour that begins then, each always
 * at its own second
 * @param after the result is later than this
 */
export function nextSyncAt(schedule: Schedule, workspaceId: string, after: Date): Date {
  const afterInstant = Temporal.Instant.fromEpochMilliseconds(after.getTime());
  const today = afterInstant.toZonedDateTimeISO(schedule.timeZone).toPlainDate();
  for (let days = 0; days <= daysAheadMax; days += 1) {
    const [due] = momentsOn(today.add({ days }), schedule, workspaceId)
      .filter((each) => Temporal.Instant.compare(each, afterInstant) > 0)
      .sort((one, other) => Temporal.Instant.compare(one, other));
    if (due !== undefined) return new Date(due.epochMilliseconds);
  }
  throw new RangeError(`No local date within ${daysAheadMax} days in ${schedule.timeZone}`);
}

/** The local date, as `YYYY-MM-DD`, that a scheduled synchronization due at this moment belongs to. */
export function nightOf(timeZone: string, due: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(due.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/**
 * What makes a scheduled synchronization the only one: its local date, and where there are several on a date, its moment.
 */
export function claimOf({ timeZone, schedule }: Schedule, due: Date): { night: string; slot: string } {
  const slot = schedule.which === 'daily' ? '' : due.toISOString();
  return { night: nightOf(timeZone, due), slot };
}

/** All moments of a local date, in any order; none where the zone has no such date. */
function momentsOn(
  date: Temporal.PlainDate,
  { dailySyncAt, timeZone, schedule }: Schedule,
  workspaceId: string,
): Temporal.Instant[] {
  switch (schedule.which) {
    case 'daily':
      return instantsOn(date, spread([dailySyncAt], workspaceId, spreadMaxSeconds), timeZone);
    case 'times':
      return instantsOn(date, spread(schedule.times, workspaceId, shortSpreadMaxSeconds), timeZone);
    case 'hours':
      return hoursOf(date, schedule.everyHours, timeZone).map((at) =>
        at.add({ seconds: secondOf(workspaceId, shortSpreadMaxSeconds) }),
      );
  }
}

/** The workspace's own second of a stretch of time. */
function secondOf(workspaceId: string, lengthSeconds: number): number {
  return createHash('sha256').update(workspaceId).digest().readUInt32BE(0) % lengthSeconds;
}

/**
 * The times of day, each as much later as the workspace's own second says: all by the same, so that they stay in order. They
 * stay on the same date: late in the evening the spread is shorter.
 */
function spread(times: readonly string[], workspaceId: string, maxSeconds: number): Temporal.PlainTime[] {
  const starts = times.map((time) => Temporal.PlainTime.from(time));
  const last = Math.max(...starts.map(({ hour, minute }) => hour * 3600 + minute * 60));
  const seconds = secondOf(workspaceId, Math.min(maxSeconds, dayLengthSeconds - last));
  return starts.map((start) => start.add({ seconds }));
}

function instantsOn(
  date: Temporal.PlainDate,
  times: readonly Temporal.PlainTime[],
  timeZone: string,
): Temporal.Instant[] {
  return times.flatMap((time) => instantOn(date, time, timeZone) ?? []);
}

/**
 * The one moment of this local date: the first when the time comes twice; as much later as the clocks were put
 * forward when it does not come at all. Null when the zone has no such date.
 */
function instantOn(
  date: Temporal.PlainDate,
  time: Temporal.PlainTime,
  timeZone: string,
): Temporal.Instant | null {
  const local = date.toPlainDateTime(time);
  const due = local.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (due.toPlainDate().equals(date)) return due.toInstant();
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return earlier.toPlainDate().equals(date) ? earlier.toInstant() : null;
}

/** Every so many hours from the beginning of this local date on; not shortly before the next one begins. */
function hoursOf(date: Temporal.PlainDate, everyHours: number, timeZone: string): Temporal.Instant[] {
  const begin = date.toZonedDateTime(timeZone);
  if (!begin.toPlainDate().equals(date)) return [];
  const end = date.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
  const lengthHours = begin.toInstant().until(end).total('hours');
  const moments: Temporal.Instant[] = [];
  for (let hours = 0; hours + everyHours / 2 <= lengthHours; hours += everyHours) {
    moments.push(begin.toInstant().add({ hours }));
  }
  return moments;
}
