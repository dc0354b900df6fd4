import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../http/paging/page.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import { newId } from '../database/ids.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { parameter, raw, sql } from '../database/sql.ts';
import type { Reference } from '../http/endpoint/reference.ts';
import { type Caller, limitOf } from '../http/request/caller.ts';
import { nextSweepAt } from './next-sweep.ts';
import type { WorkspaceNames } from './workspace-ids.service.ts';
import { workspaceTables } from './workspace-tables.ts';

/** How much there was of a workspace. */
export interface ErasedCounts {
  users: number;
  groups: number;
  members: number;
}

/** How much there was, and where the chain of its audit log ended. */
export interface ErasedChain extends ErasedCounts {
  auditSequence: string;
  auditHash: string | null;
}

/** That a workspace was erased. */
export interface Erasure {
  id: string;
  workspaceId: string;
  /** The vendor's own id that it had. */
  externalId: string | null;
  at: Date;
  by: 'operator';
  /** Of the operator token, where it has one. */
  byName: string | null;
  counts: ErasedCounts;
}

/** Which erasures to list. */
export interface ErasureFilter {
  cursor?: string | undefined;
  limit: number;
  /** The workspace that they are about, by the id that it had. */
  workspace?: Reference | undefined;
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
   * caller, who has locked the workspace: there is a record exactly of what is gone. It stands in the place of an earlier
   * one, if the workspace was erased before and came back.
   *
   * @param actorName of the operator token by which it is done
   * @returns what the record in the audit log of the installation holds: with the end of the chain that is gone
   */
  async erase(
    manager: EntityManager,
    { id: workspaceId, externalId }: WorkspaceNames,
    actorName: string | null,
  ): Promise<ErasedChain> {
    const head = await readHead(dbOf(manager), workspaceId);
    const counts: ErasedCounts = { users: 0, groups: 0, members: 0 };
    const db = dbOf(manager);
    const now = this.clock.now();
    for (const [table, rows] of await deleteRowsOf(db, workspaceId)) {
      const counted = countedTables[table];
      if (counted !== undefined) counts[counted] = rows;
    }
    await db.run(sql`DELETE FROM workspace WHERE id = ${workspaceId}`);
    await db.run(sql`
      INSERT INTO workspace_erasure
        (id, erased_workspace, external_id, at, actor_kind, actor_name, counts, sweep_at)
      VALUES (${newId()}, ${workspaceId}, ${externalId}, ${now}, 'operator', ${actorName}, ${JSON.stringify(counts)},
        ${nextSweepAt(now, now)})
      ON CONFLICT (erased_workspace) DO UPDATE SET id = excluded.id, external_id = excluded.external_id, at = excluded.at,
        actor_name = excluded.actor_name, counts = excluded.counts, sweep_at = excluded.sweep_at`);
    return { ...counts, ...head };
  }

  /** The erasures that the caller may know of, the newest first. @throws BadInputError for a cursor that is none of ours */
  async list({ cursor, limit, workspace }: ErasureFilter, caller: Caller): Promise<Page<Erasure>> {
    const within = limitOf(caller);
    const cursors = cursorsOf(this.seal, 'erasures', '', { workspace, within });
    const before = parameter(decodeCursor(cursors, cursor));
    const id = parameter(workspace?.kind === 'id' ? workspace.id : null);
    const externalId = parameter(workspace?.kind === 'external' ? workspace.externalId : null);
    const ids = parameter(within);
    const { rows } = await dbOf(this.dataSource).run(sql<Erasure>`
      SELECT id, erased_workspace AS "workspaceId", external_id AS "externalId", at, actor_kind AS by, actor_name AS "byName", counts
      FROM workspace_erasure
      WHERE (${before}::uuid IS NULL OR id < ${before}) AND (${id}::uuid IS NULL OR erased_workspace = ${id})
        AND (${externalId}::text IS NULL OR external_id = ${externalId})
        AND (${ids}::uuid[] IS NULL OR erased_workspace = ANY (${ids}))
      ORDER BY id DESC LIMIT ${limit + 1}`);
    return pageOf(cursors, rows, limit, (erasure) => erasure.id);
  }
}

/**
 * Deletes everything that has the id of a workspace, but not the workspace.
 *
 * @returns how many rows there were, by table
 */
export async function deleteRowsOf(db: Db, workspaceId: string): Promise<Map<string, number>> {
  const deleted = new Map<string, number>();
  for (const table of workspaceTables) {
    const { count } = await db.run(sql`DELETE FROM ${raw(table)} WHERE workspace_id = ${workspaceId}`);
    deleted.set(table, count);
  }
  return deleted;
}

async function readHead(
  db: Db,
  workspaceId: string,
): Promise<{ auditSequence: string; auditHash: string | null }> {
  const { rows } = await db.run(
    sql<{
      sequence: string;
      hash: Buffer;
    }>`SELECT sequence, hash FROM audit_head WHERE workspace_id = ${workspaceId}`,
  );
  return { auditSequence: rows[0]?.sequence ?? '0', auditHash: rows[0]?.hash.toString('hex') ?? null };
}
