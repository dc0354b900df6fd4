import http from 'node:http';
import https from 'node:https';
import { seconds } from '../../errors/duration.ts';
import { type AttemptError, errorOfFailure } from './attempt-errors.ts';
import { checkedLookup, PrivateAddressError, type Resolve, systemResolve } from './checked-lookup.ts';
import { addressInUrl, isPublicAddress } from '../../http/validation/public-address.ts';
import { retryAfterOf } from './retry-after.ts';

/** How long an attempt may take as a whole: to resolve the name, to connect, to send, and to get the whole answer. */
export const attemptMaxMs = seconds(15);

/** Of an answer, this much is read; whatever follows is not waited for. */
const answerReadMaxBytes = 4_096;

/** Of an answer, this much is kept. */
export const answerLengthMaxChars = 1_000;

/** How long an idle connection to a receiver is kept for the next event. */
const idleMaxMs = seconds(20);

/**
 * What came of one attempt.
 *
 * @property status of the answer; null when there was none
 * @property error why it did not succeed; null: it did
 * @property answer the beginning of the body
 * @property retryAfterMs how long the receiver asks to be left alone
 */
export interface Attempt {
  status: number | null;
  error: AttemptError | null;
  latencyMs: number;
  answer: string | null;
  retryAfterMs: number | null;
}

/** Posts events to receivers. Keeps connections for the next event. */
export class Receivers {
  private readonly agents: { http: http.Agent; https: https.Agent };

  /**
   * @param allowPrivate whether http and addresses that are not public are allowed
   * @param resolve finds the addresses of a name
   */
  constructor(
    private readonly allowPrivate: boolean,
    resolve: Resolve = systemResolve,
  ) {
    const options = {
      keepAlive: true,
      timeout: idleMaxMs,
      ...(!allowPrivate && { lookup: checkedLookup(resolve) }),
    };
    this.agents = { http: new http.Agent(options), https: new https.Agent(options) };
  }

  /**
   * Sends a body. Follows no redirect, and reads no more of the answer than is kept. Never rejects for what the receiver
   * does.
   *
   * @param now for a `Retry-After` that is a date
   * @param signal ends the attempt
   * @throws the reason of the signal
   */
  async post(
    url: string,
    headers: Record<string, string>,
    body: string,
    now: Date,
    signal?: AbortSignal,
  ): Promise<Attempt> {
    const began = performance.now();
    const inTime = AbortSignal.timeout(attemptMaxMs);
    const ends = signal === undefined ? inTime : AbortSignal.any([inTime, signal]);
    const given = { url: new URL(url), headers, body };
    const result = await this.answerTo(given, ends).catch((error: unknown) => {
      signal?.throwIfAborted();
      return failed(inTime.aborted ? 'timeout' : failureOf(error));
    });
    const latencyMs = Math.round(performance.now() - began);
    if ('error' in result) return { ...result, latencyMs };
    const { status, retryAfter, text } = result;
    const answer = text === '' ? null : text;
    const retryAfterMs = retryAfterOf(retryAfter, now);
    return { status, error: errorOfStatus(status), latencyMs, answer, retryAfterMs };
  }

  /** Closes the connections that are kept. */
  end(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private async answerTo(given: Given, signal: AbortSignal): Promise<Answer> {
    const address = addressInUrl(given.url);
    // A host that is an address is not looked up.
    const isPrivate = address !== null && !isPublicAddress(address);
    if (!this.allowPrivate && (isPrivate || given.url.protocol !== 'https:')) throw new PrivateAddressError();
    try {
      return await this.exchange(given, signal);
    } catch (error) {
      // The receiver closed a kept connection at the moment of its next use: this attempt has not begun.
      if (!(error instanceof KeptConnectionError)) throw error;
      return this.exchange(given, signal);
    }
  }

  private async exchange(given: Given, signal: AbortSignal): Promise<Answer> {
    const response = await this.request(given, signal);
    const text = await readBeginning(response);
    const { statusCode = 0, headers } = response;
    return { status: statusCode, retryAfter: headers['retry-after'], text };
  }

  private request({ url, headers, body }: Given, signal: AbortSignal): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const isSecure = url.protocol === 'https:';
      const options = {
        method: 'POST',
        headers,
        signal,
        agent: isSecure ? this.agents.https : this.agents.http,
      };
      const request = (isSecure ? https : http).request(url, options, resolve);
      request.once('error', (error: NodeJS.ErrnoException) => {
        const isStale = request.reusedSocket && staleCodes.has(error.code ?? '');
        reject(isStale ? new KeptConnectionError() : error);
      });
      request.end(body);
    });
  }
}

interface Given {
  url: URL;
  headers: Record<string, string>;
  body: string;
}

interface Answer {
  status: number;
  retryAfter: string | undefined;
  text: string;
}

class KeptConnectionError extends Error {}

const staleCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

/** Leaving the loop closes the connection of an answer that goes on. */
async function readBeginning(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > answerReadMaxBytes) break;
  }
  return storable(Buffer.concat(chunks).toString('utf8'));
}

/** Without what PostgreSQL refuses, within the limit, the mark included. */
function storable(text: string): string {
  const clean = text.replaceAll('\0', '').toWellFormed();
  return clean.length <= answerLengthMaxChars
    ? clean
    : `${clean.slice(0, answerLengthMaxChars - 1).toWellFormed()}…`;
}

function failed(error: AttemptError): Omit<Attempt, 'latencyMs'> {
  return { status: null, error, answer: null, retryAfterMs: null };
}

function failureOf(error: unknown): AttemptError {
  return error instanceof PrivateAddressError ? 'private-address' : errorOfFailure(error);
}

/** 2xx is success (RFC 9110 §15.3), and nothing else. */
function errorOfStatus(status: number): AttemptError | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'redirect';
  return status === 410 ? 'gone' : 'status';
}
