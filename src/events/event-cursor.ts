import type { CursorSeal, SealedCursors } from '../database/cursor-seal.ts';
import { BadInputError } from '../errors/domain-errors.ts';

/**
 * A place in the feed of one workspace: after the event with this sequence. `at` is the time of that event in ms, so that
 * a cursor of a history that a restored database does not have is noticed; null before the first event.
 */
export interface WorkspacePlace {
  kind: 'workspace';
  workspaceId: string;
  sequence: bigint;
  at: number | null;
}

/** A place in the feed over all workspaces: within a position, after the event with this sequence of its workspace. */
export interface GlobalPlace {
  kind: 'global';
  /** All positions up to this one have been read. */
  position: bigint;
  /** Of the next position, everything up to this sequence has been read; 0 for nothing. */
  sequence: bigint;
  /** When `position` was published, in ms, for the same purpose; null before the first. */
  at: number | null;
}

export type FeedPlace = WorkspacePlace | GlobalPlace;

/** Turns places into cursors and back. Only cursors that the service has issued are accepted. */
export class EventCursors {
  private readonly cursors: SealedCursors;

  constructor(seal: CursorSeal) {
    this.cursors = seal.of('events');
  }

  encode(place: FeedPlace): string {
    const text =
      place.kind === 'global'
        ? `g ${place.position} ${place.sequence} ${place.at ?? '-'}`
        : `w ${place.workspaceId} ${place.sequence} ${place.at ?? '-'}`;
    return this.cursors.seal(Buffer.from(text));
  }

  /**
   * The place of a cursor.
   *
   * @param path what the fault of a text that is no cursor names
   * @throws BadInputError
   */
  decode(cursor: string, path = 'after'): FeedPlace {
    const place = this.find(cursor);
    if (place !== null) return place;
    throw new BadInputError([
      { path, message: 'This is not a cursor that the events have been answered with.' },
    ]);
  }

  /** The place of a cursor, or null for any other text. */
  find(cursor: string): FeedPlace | null {
    const [kind, ...parts] = (this.cursors.open(cursor)?.toString() ?? '').split(' ');
    const [first = '', second = '', third = ''] = parts;
    const at = third === '-' ? null : Number(third);
    if (kind === 'g') return { kind: 'global', position: BigInt(first), sequence: BigInt(second), at };
    if (kind === 'w') return { kind: 'workspace', workspaceId: first, sequence: BigInt(second), at };
    return null;
  }
}
