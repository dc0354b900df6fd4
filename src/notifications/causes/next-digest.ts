/** When the weekly digest comes, by the clock of the workspace. */
const digestWeekday = 1;
const digestTime = '08:00';
const weekDays = 7;

/**
 * The next Monday morning of a time zone.
 *
 * @param after the result is later than this
 */
export function nextDigestAt(timeZone: string, after: Date): Date {
  const now = Temporal.Instant.fromEpochMilliseconds(after.getTime());
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const ahead = (digestWeekday - today.dayOfWeek + weekDays) % weekDays;
  for (let weeks = 0; ; weeks += 1) {
    const date = today.add({ days: ahead + weeks * weekDays });
    // A time that the clocks leave out counts as the moment after it.
    const due = date
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(digestTime) })
      .toInstant();
    if (Temporal.Instant.compare(due, now) > 0) return new Date(due.epochMilliseconds);
  }
}
