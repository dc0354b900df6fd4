import { createHash } from 'node:crypto';
import type { WorkspaceSettings } from './settings.ts';

/** Nightly synchronizations of many workspaces are spread over this time. */
const spreadMaxSeconds = 3600;
const dayLengthSeconds = 86_400;

/** Longest run of local dates that a zone ever skipped is one (Pacific/Apia, 2011-12-30); two more for safety. */
const daysAheadMax = 4;

type Schedule = Pick<WorkspaceSettings, 'dailySyncAt' | 'timeZone'>;

/**
 * When the next nightly synchronization of a workspace is due: once on every local date of its time zone, never
 * twice and never skipped, also where daylight saving repeats or leaves out the hour.
 *
 * @param schedule the workspace's local time of day (`HH:MM`) and IANA time zone
 * @param workspaceId spreads the workspaces over the hour that begins then, each always at its own second
 * @param after the result is later than this
 */
export function nextSyncAt(schedule: Schedule, workspaceId: string, after: Date): Date {
  const afterInstant = Temporal.Instant.fromEpochMilliseconds(after.getTime());
  const today = afterInstant.toZonedDateTimeISO(schedule.timeZone).toPlainDate();
  const time = timeOfDay(schedule.dailySyncAt, workspaceId);
  for (let days = 0; days <= daysAheadMax; days += 1) {
    const due = instantOn(today.add({ days }), time, schedule.timeZone);
    if (due !== null && Temporal.Instant.compare(due, afterInstant) > 0)
      return new Date(due.epochMilliseconds);
  }
  throw new RangeError(`No local date within ${daysAheadMax} days in ${schedule.timeZone}`);
}

/** The local date, as `YYYY-MM-DD`, that a nightly synchronization due at this moment belongs to. */
export function nightOf(timeZone: string, due: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(due.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The workspace's own second of the hour. It stays on the same date: late in the evening the spread is shorter. */
function timeOfDay(dailySyncAt: string, workspaceId: string): Temporal.PlainTime {
  const start = Temporal.PlainTime.from(dailySyncAt);
  const untilMidnightSeconds = dayLengthSeconds - (start.hour * 3600 + start.minute * 60);
  const hash = createHash('sha256').update(workspaceId).digest().readUInt32BE(0);
  return start.add({ seconds: hash % Math.min(spreadMaxSeconds, untilMidnightSeconds) });
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
