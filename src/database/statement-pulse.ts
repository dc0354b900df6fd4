import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { minutes, seconds } from '../errors/duration.ts';

/** The part of a connection that the pulse listens to. */
export interface FollowedConnection {
  readonly connection: unknown;
  /** The id of the server process that works for it, or what a pooler reports instead; null while it connects. */
  readonly processID: number | null;
  /** Whether somebody waits for an answer on it. */
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
  /** After this much silence, the server is asked whether it still works on a statement. */
  readonly suspectAfterMs: number;
  /** After this much silence, a statement is given up when the server does not answer either. */
  readonly silentMaxMs: number;
  /** After this much silence, the process counts as stuck. */
  readonly pulseLostAfterMs: number;
  /** A transaction in which the server has heard nothing from this process for so long is ended by the server, with its locks. */
  readonly transactionSilentMaxMs: number;
}

export const silenceLimits: SilenceLimits = {
  suspectAfterMs: seconds(5),
  silentMaxMs: seconds(15),
  pulseLostAfterMs: minutes(1),
  // Longer than a client may keep a snapshot waiting, which is one transaction.
  transactionSilentMaxMs: minutes(2),
};

/**
 * The connections for statements: when one of them last received anything, even an error, and whether one has been given
 * up since for its silence. A server that refuses is away, and a restart of this process would not help; a server that never
 * answers may be the fault of this process.
 */
export class StatementPulse {
  /** Connections that are open or opening. */
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

  /** Listens to a connection from its creation. */
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

  /** An answer did not come in time. */
  miss(): void {
    this.hasMissed = true;
  }

  /** Whether statements wait in vain. */
  isLost(): boolean {
    return this.hasMissed && this.now() - this.beatAtMs > this.lostAfterMs;
  }
}
