import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../http/paging/page.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { newId } from '../database/ids.ts';
import { workspaceTables } from './workspace-tables.ts';

/** How much there was of a workspace. */
export interface ErasedCounts {
  users: number;
  groups: number;
  members: number;
}

/** That a workspace was erased. */
export interface Erasure {
  id: string;
  workspaceId: string;
  at: Date;
  by: 'operator';
  counts: ErasedCounts;
}

/** Which erasures to list. */
export interface ErasureFilter {
  cursor?: string | undefined;
  limit: number;
  workspaceId?: string | undefined;
}

/** The tables whose rows are counted, by what the record calls them. */
const countedTables: Readonly<Record<string, keyof ErasedCounts>> = {
  directory_user: 'users',
  directory_group: 'groups',
  member: 'members',
};

/** Empties a workspace, and keeps a record that says so without naming anybody. */
@Injectable()
export class ErasuresService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes everything of a workspace and the workspace itself, and writes the record of it, in the transaction of the
   * caller, who has locked the workspace: there is a record exactly of what is gone.
   */
  async erase(manager: EntityManager, workspaceId: string): Promise<void> {
    const counts: ErasedCounts = { users: 0, groups: 0, members: 0 };
    for (const table of workspaceTables) {
      const [, rows] = await manager.query<[unknown[], number]>(
        `DELETE FROM ${table} WHERE workspace_id = $1`,
        [workspaceId],
      );
      const counted = countedTables[table];
      if (counted !== undefined) counts[counted] = rows;
    }
    await manager.query('DELETE FROM workspace WHERE id = $1', [workspaceId]);
    await manager.query(
      `INSERT INTO workspace_erasure (id, erased_workspace, at, actor_kind, counts)
       VALUES ($1, $2, $3, 'operator', $4)`,
      [newId(), workspaceId, this.clock.now(), JSON.stringify(counts)],
    );
  }

  /** The erasures, the newest first. @throws BadInputError for a cursor that is none of ours */
  async list({ cursor, limit, workspaceId }: ErasureFilter): Promise<Page<Erasure>> {
    const erased = workspaceId?.toLowerCase() ?? null;
    const cursors = cursorsOf(this.seal, 'erasures', '', { erased });
    const rows = await this.dataSource.query<Erasure[]>(
      `SELECT id, erased_workspace AS "workspaceId", at, actor_kind AS by, counts FROM workspace_erasure
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR erased_workspace = $2)
       ORDER BY id DESC LIMIT $3`,
      [decodeCursor(cursors, cursor), erased, limit + 1],
    );
    return pageOf(cursors, rows, limit, ({ id }) => id);
  }
}
