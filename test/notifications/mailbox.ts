import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../harness/synchronize.ts';

/** A mail as it arrived. */
export interface ReceivedMail {
  /** Who it was handed in for; headers may say something else. */
  to: string[];
  /** As it came. */
  raw: string;
  mail: ParsedMail;
}

/** How a refusal of the server reads: `{ status: 550, text: 'No such mailbox' }`. */
interface Reply {
  status: number;
  text: string;
}

/** A real mail server on this machine, which keeps what it is sent and answers as a test wants. */
export class Mailbox {
  received: ReceivedMail[] = [];
  /** What it says to a mailbox; null: it takes mail for it. */
  refusal: Reply | null = null;
  /** Takes a mail and dies before it says so. */
  isBroken = false;
  #port = 0;
  #server: SMTPServer | null = null;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** Listens, at the same port as before. */
  async listen(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 100,
      onRcptTo: (_address, _session, callback) => {
        const { refusal } = this;
        if (refusal === null) return callback();
        callback(Object.assign(new Error(refusal.text), { responseCode: refusal.status }));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          void this.#keep(Buffer.concat(chunks), to).then(() => {
            if (!this.isBroken) return callback();
            for (const connection of server.connections) connection.close();
          });
        });
      },
    });
    await new Promise<void>((ready) => server.listen(this.#port, '127.0.0.1', ready));
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((closed) => server.close(() => closed()));
  }

  /** Forgets what came, and takes what comes. */
  reset(): void {
    this.received = [];
    this.refusal = null;
    this.isBroken = false;
  }

  /** Waits until so many have come. */
  has(count: number): Promise<ReceivedMail[]> {
    return eventually(() => Promise.resolve(this.received.length >= count ? this.received : null));
  }

  subjects(): (string | undefined)[] {
    return this.received.map(({ mail }) => mail.subject);
  }

  async #keep(bytes: Buffer, to: string[]): Promise<void> {
    this.received.push({ to, raw: bytes.toString(), mail: await simpleParser(bytes) });
  }
}
