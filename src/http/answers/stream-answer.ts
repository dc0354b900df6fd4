import { once } from 'node:events';
import type { Response } from 'express';
import { ClientGoneError } from '../../errors/domain-errors.ts';

/** How a streamed answer treats a client that does not read. */
export interface StreamLimits {
  /** What may wait in memory for the client, in bytes. */
  waitingMaxBytes: number;
  /** How long the client may read nothing, once that is full. */
  stallMaxMs: number;
}

/**
 * Answers with text as it comes. The writer waits while the client lags behind; a client that reads nothing for too
 * long is cut off, so that what the answer holds is free again.
 *
 * @param mediaType what the answer is, sent with the first text
 * @returns takes the next text; an empty one only says what the answer is, should nothing follow. @throws ClientGoneError
 *   once the client has gone
 */
export function streamAnswer(
  response: Response,
  mediaType: string,
  { waitingMaxBytes, stallMaxMs }: StreamLimits,
): (text: string) => Promise<void> {
  return async (text) => {
    if (response.closed || response.destroyed) throw new ClientGoneError();
    if (!response.headersSent) response.status(200).setHeader('Content-Type', mediaType);
    if (text === '') return;
    response.write(text);
    if (response.writableLength <= waitingMaxBytes) return;
    const end = new AbortController();
    const timer = setTimeout(() => response.destroy(), stallMaxMs);
    try {
      await Promise.race([
        once(response, 'drain', { signal: end.signal }),
        once(response, 'close', { signal: end.signal }),
      ]);
    } finally {
      clearTimeout(timer);
      end.abort();
    }
    if (response.closed || response.destroyed) throw new ClientGoneError();
  };
}

/**
 * Does the work of a streamed answer. When it fails after the first text was sent, the connection is cut: an end would
 * read as if all had been said.
 *
 * @throws what the work throws before anything was sent
 */
export async function streaming(response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    response.end();
  } catch (error) {
    if (error instanceof ClientGoneError && response.destroyed) return;
    if (!response.headersSent) throw error;
    response.destroy();
    throw error;
  }
}
