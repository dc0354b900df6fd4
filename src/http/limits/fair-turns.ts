import type { RequestHandler } from 'express';
import { FairShare } from '../../database/lanes/fair-share.ts';
import { seconds } from '../../errors/duration.ts';
import type { KnownRequest } from '../request/request-state.ts';

/** Requests of identity providers that a process works on at a time. */
export const workedOnMax = 64;
/** How many of them may be of one workspace at least, however many others there are; alone it may have them all. */
export const workedOnEachMin = 2;
/** How long a workspace that sent something counts as there. */
const presentMs = seconds(30);
const waitingEachMax = 500;
const waitMaxMs = seconds(10);

/**
 * Works on the requests of identity providers by turns: when there are more than a process should work on at a time,
 * each workspace that waits gets one after another, however many requests one of them sends.
 *
 * To be mounted behind the body, so that a client who sends slowly takes nobody's turn.
 */
export function fairTurns(): RequestHandler {
  const present = new PresentWorkspaces();
  const share = new FairShare({
    insideMax: workedOnMax,
    // The others send now and then: room is kept for them although they are not waiting at this moment.
    get insideEachMax() {
      return Math.max(workedOnEachMin, Math.floor(workedOnMax / Math.max(1, present.count)));
    },
    waitingEachMax,
    waitMaxMs,
  });
  return (request: KnownRequest, response, next) => {
    const key = request.apiToken?.workspaceId;
    if (key === undefined) return next();
    present.note(key);
    const begin = () => {
      let isOver = false;
      const leave = () => {
        if (!isOver) share.leave(key);
        isOver = true;
      };
      if (response.closed) return leave();
      // An answer that is on its way to a slow reader costs no more work.
      response.once('prefinish', leave);
      response.once('close', leave);
      next();
    };
    const wait = share.enter(key);
    if (wait === null) begin();
    else wait.then(begin, next);
  };
}

/** How many workspaces have sent something of late. */
class PresentWorkspaces {
  private before = new Set<string>();
  private now = new Set<string>();
  private sinceMs = performance.now();

  get count(): number {
    return Math.max(this.before.size, this.now.size);
  }

  note(workspaceId: string): void {
    const ageMs = performance.now() - this.sinceMs;
    if (ageMs >= presentMs) {
      this.before = ageMs < 2 * presentMs ? this.now : new Set();
      this.now = new Set();
      this.sinceMs = performance.now();
    }
    this.now.add(workspaceId);
  }
}
