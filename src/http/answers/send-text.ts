import type { ServerResponse } from 'node:http';
import { loopTurn } from '../bodies/loop-turn.ts';

/** The text of an answer is written in pieces of this many characters: about 1 ms of work each. */
export const pieceMaxChars = 256 * 1024;

/**
 * Sends the text of an answer, and ends it. A large one is written in pieces, between which other requests have their turn;
 * the rest of it is dropped when the client goes. `Content-Length` says how long it is, so nobody takes a part for all.
 *
 * @param response its status and headers are set
 */
export function sendText(response: ServerResponse, text: string): void {
  response.setHeader('Content-Length', Buffer.byteLength(text));
  if (text.length <= pieceMaxChars) response.end(text);
  else void sendInPieces(response, text);
}

async function sendInPieces(response: ServerResponse, text: string): Promise<void> {
  for (let at = 0; at < text.length && !response.destroyed;) {
    const end = pieceEnd(text, at + pieceMaxChars);
    response.write(text.slice(at, end));
    at = end;
    await loopTurn();
  }
  if (!response.destroyed) response.end();
}

/** The two halves of a character that takes two stay together: by themselves, neither can be written. */
function pieceEnd(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}
