import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../harness/synchronize.ts';

/** What a webhook sent. */
export interface Received {
  path: string;
  headers: Record<string, string>;
  /** As it came, byte for byte. */
  text: string;
  event: { id: string; type: string; workspaceId: string; sequence: number; subject: { id: string } };
}

/** Answers what was received; what is not answered hangs. */
type Answering = (response: ServerResponse, received: Received, count: number) => void;

const accept: Answering = (response) => response.writeHead(204).end();

/** The vendor's side of webhooks: keeps what it is sent, and answers as a test wants. */
export class Receiver {
  url = '';
  received: Received[] = [];
  answering: Answering = accept;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const event = JSON.parse(text) as Received['event'];
      const headers = request.headers as Record<string, string>;
      const received = { path: request.url ?? '', headers, text, event };
      this.received.push(received);
      this.answering(response, received, this.received.length);
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** Forgets what came, and accepts what comes. */
  reset(): void {
    this.received = [];
    this.answering = accept;
  }

  /** Waits until so many have come. */
  async has(count: number): Promise<Received[]> {
    return eventually(() => Promise.resolve(this.received.length >= count ? this.received : null));
  }

  types(): string[] {
    return this.received.map(({ event }) => event.type);
  }
}

/** A receiver for all tests of a spec file, empty at the beginning of each. */
export function useReceiver(): Receiver {
  const receiver = new Receiver();
  beforeAll(() => receiver.listen());
  beforeEach(() => receiver.reset());
  afterAll(() => receiver.close());
  return receiver;
}

/** Whether one of the signatures was made with this secret, by the library of the specification. */
export function isSignedWith(secret: string, { headers, text }: Received): boolean {
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures = '',
  } = headers;
  const signature = new Webhook(secret).sign(id, new Date(Number(timestamp) * 1000), text);
  return signatures.split(' ').includes(signature);
}
