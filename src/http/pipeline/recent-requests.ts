import type { RequestHandler } from 'express';

/** As many requests in such a time are more than somebody who watches a run: others are likely to wait. */
const manyRequests = 10;
const withinMs = 100;

/** When the last of them came, the oldest one at `oldest`. */
const times = new Array<number>(manyRequests).fill(-Infinity);
let oldest = 0;

/** Takes note that a request came in, whatever becomes of it. */
export const noteRequest: RequestHandler = (_request, _response, next) => {
  times[oldest] = performance.now();
  oldest = (oldest + 1) % manyRequests;
  next();
};

/** Whether many requests come in to this process just now: work that nobody waits for is to leave it to them. */
export function doManyRequestsComeIn(): boolean {
  return performance.now() - (times[oldest] ?? -Infinity) < withinMs;
}
