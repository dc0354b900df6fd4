import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';

const checkEveryMs = 20;
/**
 * How many looks a kept-alive connection, or one that was let in last, may take to say what is under way on it: a second. A
 * process that gets no processor sees nothing in that time, so that the clock does not count.
 */
const looksToSpeakUp = 1_000 / checkEveryMs;

/**
 * Ends the HTTP side without cutting a request off. New connections are refused. A client that is
 * connected and asks within a moment still gets an answer, with `Connection: close`. Running requests finish.
 */
export class ConnectionDrain {
  readonly #open = new Set<Response>();
  #draining = false;

  /** To be mounted first. */
  readonly middleware = (_request: Request, response: Response, next: NextFunction): void => {
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    if (this.#draining) response.setHeader('Connection', 'close');
    next();
  };

  /**
   * @param withinMs what still runs after this time is cut off
   * @returns how many requests were cut off
   */
  async drain(server: Server, withinMs: number): Promise<number> {
    const deadline = performance.now() + withinMs;
    // Clients whose connection the kernel has made, and this process has not taken yet, would be cut off. It takes them between
    // two turns. Nobody is sent away before the door is closed: they would come back through it.
    await nextTurn();
    await nextTurn();
    this.#draining = true;
    let isClosed = false;
    // The close of http.Server would at once cut idle connections too, on which a request may be on its way.
    const closed = new Promise<void>((resolve) => {
      NetServer.prototype.close.call(server, () => resolve());
    }).then(() => (isClosed = true));
    for (let quietLooks = 0; !isClosed && performance.now() < deadline;) {
      this.#letGo();
      quietLooks = this.#open.size > 0 ? 0 : quietLooks + 1;
      if (quietLooks > looksToSpeakUp) break;
      await sleep(checkEveryMs);
      // What has come meanwhile is read after the timers of a turn.
      await nextTurn();
    }
    const cutOff = this.#open.size;
    server.closeAllConnections();
    await closed;
    return cutOff;
  }

  /** A stream of events has no end of its own; the browser opens it again by itself. */
  #letGo(): void {
    for (const response of this.#open) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
      else if (String(response.getHeader('Content-Type')).startsWith('text/event-stream')) response.end();
    }
  }
}
