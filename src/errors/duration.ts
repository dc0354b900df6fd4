/** A number of seconds, in milliseconds. */
export function seconds(count: number): number {
  return count * 1_000;
}

/** A number of minutes, in milliseconds. */
export function minutes(count: number): number {
  return seconds(count * 60);
}

/** A number of hours, in milliseconds. */
export function hours(count: number): number {
  return minutes(count * 60);
}

/** A number of days of 24 hours, in milliseconds. */
export function days(count: number): number {
  return hours(count * 24);
}
