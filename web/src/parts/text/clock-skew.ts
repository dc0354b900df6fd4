/**
 * The clocks of service and browser differ, and the page's own moment is some seconds old: what has happened is never said to
 * lie ahead, nor what is to come behind.
 */

/** From when it is counted how long ago something was. */
export function nowForPast(at: string, now: number): number {
  return Math.max(now, Date.parse(at));
}

/** From when it is counted how long it takes until something. */
export function nowForFuture(at: string, now: number): number {
  return Math.min(now, Date.parse(at));
}
