import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { minutes, seconds } from '../errors/duration.ts';

/** A connection, as far as it is listened to. */
export interface FollowedConnection {
  readonly connection: unknown;
  /** Which process of the server works for it, or what a pooler says instead; null while it connects. */
  readonly processID: number | null;
  /** Whether somebody waits for an answer over it. */
  readonly isBusy: boolean;
}

/** What pg has below a connection; the stream is another one once it is encrypted. */
type Wire = EventEmitter & { stream: Socket };

/** The wire of a connection. */
export function wireOf({ connection }: FollowedConnection): Wire {
  return connection as Wire;
}

/** How long the database may be silent. */
export interface SilenceLimits {
  /** After this time without a word the server is asked whether it still works on a statement. */
  readonly suspectAfterMs: number;
  /** After this time a statement is given up when the server does not answer either. */
  readonly silentMaxMs: number;
  /** For so long nothing may come back before the process counts as stuck. */
  readonly pulseLostAfterMs: number;
}

export const silenceLimits: SilenceLimits = {
  suspectAfterMs: seconds(5),
  silentMaxMs: seconds(15),
  pulseLostAfterMs: minutes(1),
};

/**
 * The connections for statements; when something last came back over one of them, be it an error, and whether one has
 * been given up since because nothing came. A server that refuses is away, which no restart of this process mends; one
 * that never answers may be this process's own fault.
 */
export class StatementPulse {
  /** Those that are open or being opened. */
  readonly connections = new Set<FollowedConnection>();
  private readonly lostAfterMs: number;
  private readonly now: () => number;
  private beatAtMs: number;
  private hasMissed = false;

  /** @param now monotonic milliseconds */
  constructor(lostAfterMs: number, now: () => number = () => performance.now()) {
    this.lostAfterMs = lostAfterMs;
    this.now = now;
    this.beatAtMs = now();
  }

  /** Listens to a connection from its making on. */
  follow(client: FollowedConnection): void {
    const connection = wireOf(client);
    const beat = () => this.beat();
    this.connections.add(client);
    connection.on('readyForQuery', beat);
    connection.on('errorMessage', beat);
    connection.on('error', (error: NodeJS.ErrnoException) => {
      // That alone is the system's word for silence.
      if (error.code === 'ETIMEDOUT') this.miss();
      else this.beat();
    });
    connection.on('end', () => {
      this.connections.delete(client);
      // One that the server closed has ended; one that was given up has not even broken.
      if (connection.stream.readableEnded) this.beat();
      else if (connection.stream.errored === null) this.miss();
    });
  }

  /** Something came back. */
  beat(): void {
    this.beatAtMs = this.now();
    this.hasMissed = false;
  }

  /** Something was waited for, and did not come in time. */
  miss(): void {
    this.hasMissed = true;
  }

  /** Whether statements wait in vain. */
  isLost(): boolean {
    return this.hasMissed && this.now() - this.beatAtMs > this.lostAfterMs;
  }
}
