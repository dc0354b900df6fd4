/**
 * The attacking client, in a process of its own so that its work is not that of the clients that are measured. Reads an
 * order from standard input, sends until its time is over, and prints how often each status was answered.
 */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HostileRequest } from './attacks.ts';

/** What to do, as JSON on standard input. */
export interface Order {
  url: string;
  requests: HostileRequest[];
  connections: number;
  forMs: number;
  /** After this time the client hangs up and sends the next. */
  patienceMs: number;
}

const { url, requests, connections, forMs, patienceMs } = JSON.parse(await text(process.stdin)) as Order;
const { hostname, port } = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const until = performance.now() + forMs;
/** A refusal comes at once; a client that sends without a pause would only measure its own loop. */
const pauseMs = 5;

const outcomes: Record<string, number> = {};
const prepared = requests.map(({ bodyBase64, ...rest }) => ({
  ...rest,
  body: bodyBase64 === undefined ? undefined : Buffer.from(bodyBase64, 'base64'),
}));
await Promise.all(Array.from({ length: connections }, (_, n) => sendInTurns(n)));
process.stdout.write(JSON.stringify(outcomes));
process.exit(0);

async function sendInTurns(first: number): Promise<void> {
  for (let n = first; performance.now() < until; n += 1) {
    const outcome = await send(prepared[n % prepared.length]!);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The status, or in words what became of it. */
function send({ method, path, headers, body }: (typeof prepared)[number]): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      {
        agent,
        hostname,
        port,
        method,
        path,
        headers: body === undefined ? headers : { ...headers, 'content-length': body.length },
      },
      (response) => {
        const status = String(response.statusCode);
        response.resume();
        response.once('close', () => resolve(status));
      },
    );
    const timer = setTimeout(() => sent.destroy(new Error('gave up waiting')), patienceMs);
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.once('close', () => clearTimeout(timer));
    sent.end(body);
  });
}
