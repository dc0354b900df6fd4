import { setImmediate } from 'node:timers/promises';

let last: Promise<void> = Promise.resolve();

/**
 * Waits for a turn of the event loop of one's own: of all pieces of work that ask for one, in whatever request, each turn
 * has one, so that what waits beside them is held up by no more than a piece. The piece is to be done at once.
 */
export function loopTurn(): Promise<void> {
  last = last.then(() => setImmediate());
  return last;
}
