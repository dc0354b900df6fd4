import type { StoreTransaction } from './store.ts';

/**
 * How far the copy of a workspace has come.
 *
 * @property sequence its events up to this one are in the copy
 * @property round the mark of the snapshot that the copy comes from
 * @property snapshot a snapshot that is being taken; the copy is not to be relied on until it is complete
 */
export interface WorkspaceNote {
  sequence: number;
  round: string;
  snapshot: SnapshotNote | null;
}

/**
 * A snapshot that is being taken.
 *
 * @property sequence the moment at which it began: the copy is to have all events after this one
 * @property cursor where the feed of the workspace continues then
 * @property from the last member that is in the copy
 */
export interface SnapshotNote {
  round: string;
  sequence: number;
  cursor: string;
  from: string | null;
}

/**
 * A start: the snapshots of all workspaces.
 *
 * @property round the mark of its snapshots
 * @property cursor where the feed was before the first of them: what they do not have comes after it
 */
export interface StartNote {
  round: string;
  cursor: string;
}

const cursorName = 'cursor';
const startName = 'start';
const workspacePrefix = 'workspace:';

/** What a mirror remembers in your database, beside the members. */
export class MirrorNotes {
  private readonly transaction: StoreTransaction;

  constructor(transaction: StoreTransaction) {
    this.transaction = transaction;
  }

  /** Where the feed continues; empty: at the oldest event; null: snapshots have to be taken first. */
  cursor(): Promise<string | null> {
    return this.transaction.readNote(cursorName);
  }

  writeCursor(cursor: string | null): Promise<void> {
    return this.transaction.writeNote(cursorName, cursor);
  }

  /** The start that is under way: snapshots of all workspaces; null: none. */
  async start(): Promise<StartNote | null> {
    const text = await this.transaction.readNote(startName);
    if (text === null) return null;
    // A start of a version that noted no more than the mark reads the feed from its oldest event.
    return text.startsWith('{') ? (JSON.parse(text) as StartNote) : { round: text, cursor: '' };
  }

  writeStart(start: StartNote | null): Promise<void> {
    return this.transaction.writeNote(startName, start === null ? null : JSON.stringify(start));
  }

  async workspace(id: string): Promise<WorkspaceNote | null> {
    const text = await this.transaction.readNote(workspacePrefix + id);
    return text === null ? null : (JSON.parse(text) as WorkspaceNote);
  }

  async workspaces(): Promise<Map<string, WorkspaceNote>> {
    const notes = await this.transaction.readNotes(workspacePrefix);
    return new Map(
      [...notes].map(([name, text]) => [
        name.slice(workspacePrefix.length),
        JSON.parse(text) as WorkspaceNote,
      ]),
    );
  }

  writeWorkspace(id: string, note: WorkspaceNote | null): Promise<void> {
    return this.transaction.writeNote(workspacePrefix + id, note === null ? null : JSON.stringify(note));
  }
}
