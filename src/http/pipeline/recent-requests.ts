import type { RequestHandler } from 'express';

/** As many requests in such a time are more than somebody who watches a run: others are likely to wait. */
const manyRequests = 10;
const withinMs = 100;

/** When the last of them came, the oldest one at `oldest`. */
const times = new Array<number>(manyRequests).fill(-Infinity);
let oldest = 0;

/** How long one word of another process holds. They say so again every 100 ms. */
const heardForMs = 250;

/** When another process on this machine said last that many requests come in there. */
let heardAt = -Infinity;

/** Takes note that a request came in, whatever becomes of it. */
export const noteRequest: RequestHandler = (_request, _response, next) => {
  times[oldest] = performance.now();
  oldest = (oldest + 1) % manyRequests;
  next();
};

/** Takes note that many requests come in to another process on this machine. */
export function noteRequestsElsewhere(): void {
  heardAt = performance.now();
}

/** Whether many requests come in to this process just now. */
export function doManyRequestsComeInHere(): boolean {
  return performance.now() - (times[oldest] ?? -Infinity) < withinMs;
}

/**
 * Whether many requests come in just now, to this process or to others behind its port, which have the same processors: work
 * that nobody waits for is to leave these to them.
 */
export function doManyRequestsComeIn(): boolean {
  return doManyRequestsComeInHere() || performance.now() - heardAt < heardForMs;
}
