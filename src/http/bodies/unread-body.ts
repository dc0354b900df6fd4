import type { Request, Response } from 'express';

/** A body this small is read off and forgotten, so that its connection can go on. */
const smallBodyMaxBytes = 16 * 1024;

/**
 * Of a larger body this much is still taken off the wire, besides what the kernel holds: some clients read the answer
 * when they have sent it all. To read more would cost more than the refusal.
 */
const drainMaxBytes = 64 * 1024;

/** For as long a client may still read the answer before its connection is cut. */
const lingerMs = 2_000;

/** Whether a request announces a body, be it an empty one in chunks. */
export function hasBody({ headers }: Request): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/**
 * Says of a request that it is answered without its body being read. What is left of a large body cannot be told from
 * the next request, so the connection ends with the answer (RFC 9112 §9.3). It ends gently: cut at once, the kernel would
 * tell a client that is still sending of a broken connection, and the client might never see the answer (§9.6).
 */
export function leaveBodyUnread(request: Request, response: Response): void {
  if (!hasBody(request)) return;
  const { 'content-length': length, expect } = request.headers;
  const isSmall = length !== undefined && Number(length) <= smallBodyMaxBytes && expect === undefined;
  // Node reads the rest off by itself when the answer is sent.
  if (isSmall && !request.isPaused()) return;
  if (!response.headersSent) response.setHeader('Connection', 'close');
  drain(request);
  closeGently(request);
}

function drain(request: Request): void {
  let drainedBytes = 0;
  request.on('data', (chunk: Buffer) => {
    drainedBytes += chunk.length;
    if (drainedBytes > drainMaxBytes) request.pause();
  });
  request.resume();
}

/** Node ends the connection by `destroySoon` when an answer that closes it is out. */
function closeGently(request: Request): void {
  const { socket } = request;
  const destroySoon = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    socket.destroySoon = destroySoon;
    if (request.complete) {
      destroySoon();
      return;
    }
    socket.end();
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(timer));
    request.once('end', destroySoon);
  };
}
