import type { Response } from 'express';

const keepAliveMs = 20_000;

/** The pages that are open: each holds a stream, and hears at once when its session has ended. */
export class LiveSessions {
  private readonly open = new Map<Response, string>();
  private readonly isValid: (token: string) => boolean;

  /** @param isValid whether the session of a token still stands */
  constructor(isValid: (token: string) => boolean) {
    this.isValid = isValid;
  }

  /** Answers with a stream of events (`text/event-stream`) that stays open. */
  add(token: string, response: Response): void {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    response.write(': open\n\n');
    this.open.set(response, token);
    const timer = setInterval(() => response.write(': still open\n\n'), keepAliveMs);
    response.on('close', () => {
      clearInterval(timer);
      this.open.delete(response);
    });
    this.check();
  }

  /** Sends away the pages whose sessions have ended, after the transaction that may have done so. */
  readonly check = (): void => {
    setImmediate(() => {
      for (const [response, token] of this.open) {
        if (!this.isValid(token)) response.end('event: ended\ndata: {}\n\n');
      }
    });
  };

  /** Closes all streams. */
  close(): void {
    for (const response of this.open.keys()) response.end();
  }
}
