import { AsyncResource } from 'node:async_hooks';
import type { Request, Response } from 'express';
import { TooLargeError, UnavailableError } from '../../errors/domain-errors.ts';
import type { BodyBudget, BudgetRefusal } from './body-budget.ts';

/** What came, or why it was not read to its end. */
export type BodyResult = (error: Error | null, bytes: Buffer) => void;

/** How a body is to be read. */
export interface BodyReading {
  budget: BodyBudget;
  /** Whose share of the budget it takes. */
  holder: string;
  /** Looks at each part as it comes; an error ends the reading. */
  inspect: (part: Buffer) => Error | null;
}

const nothing = Buffer.alloc(0);

/**
 * Reads the body of a request into memory. Of a body that is too large not a byte is waited for, and what its size does
 * not tell beforehand is counted as it comes.
 *
 * The bytes count against the budget until the response is over. If the client goes away before its body is whole, there
 * is nobody to answer, and `whenDone` is not called.
 *
 * @param whenDone gets TooLargeError, UnavailableError when the budget is used up, or what `inspect` found; the rest of the
 * body is unread then
 */
export function readBody(
  request: Request,
  response: Response,
  sizeMaxBytes: number,
  { budget, holder, inspect }: BodyReading,
  whenDone: BodyResult,
): void {
  // A socket tells of its data in a context of its own; what follows must find the lane and the log of the request.
  const done = AsyncResource.bind(whenDone);
  const { 'content-length': announced, expect } = request.headers;
  if (Number(announced ?? 0) > sizeMaxBytes) {
    done(tooLarge(sizeMaxBytes), nothing);
    return;
  }
  if (expect !== undefined && request.httpVersion === '1.1') response.writeContinue();
  const chunks: Buffer[] = [];
  let receivedBytes = 0;
  let takenBytes = 0;
  response.once('close', () => budget.give(holder, takenBytes));

  const onData = (chunk: Buffer): void => {
    receivedBytes += chunk.length;
    if (receivedBytes > sizeMaxBytes) {
      stop(tooLarge(sizeMaxBytes));
      return;
    }
    const refusal = budget.take(holder, chunk.length);
    if (refusal !== null) {
      stop(noRoom(refusal));
      return;
    }
    takenBytes += chunk.length;
    const fault = inspect(chunk);
    if (fault !== null) {
      stop(fault);
      return;
    }
    chunks.push(chunk);
  };
  const onEnd = (): void => {
    const [first = nothing] = chunks;
    done(null, chunks.length > 1 ? Buffer.concat(chunks, receivedBytes) : first);
  };
  const stop = (error: Error): void => {
    request.off('data', onData);
    request.off('end', onEnd);
    request.pause();
    chunks.length = 0;
    done(error, nothing);
  };
  request.on('data', onData);
  request.once('end', onEnd);
}

function tooLarge(sizeMaxBytes: number): TooLargeError {
  return new TooLargeError(`The body is larger than the limit of ${sizeMaxBytes} bytes.`, sizeMaxBytes);
}

function noRoom(refusal: BudgetRefusal): UnavailableError {
  return new UnavailableError(
    refusal === 'own'
      ? 'Too many large requests of yours are under way. Send this one again in a moment.'
      : 'Too many large requests are under way. Send this one again in a moment.',
  );
}
