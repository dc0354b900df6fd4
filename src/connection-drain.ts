import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';

/** How long open connections are told to close before the door is shut; whoever asks meanwhile is answered. */
const graceMs = 250;
const checkEveryMs = 50;

/**
 * Ends the HTTP side without cutting a request off. First every answer carries `Connection: close`, so that
 * clients let go of kept-alive connections by themselves; then nobody new is let in and the rest runs to its end.
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
    this.#draining = true;
    this.#letGo();
    await sleep(graceMs);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    while (this.#open.size > 0 && performance.now() < deadline) {
      this.#letGo();
      await sleep(checkEveryMs);
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
