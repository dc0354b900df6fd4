import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { dbOf } from '../database/db-of.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import { MovedError } from '../errors/moved-error.ts';
import { readReference, type Reference } from '../http/endpoint/reference.ts';
import { type Caller, reaches } from '../http/request/caller.ts';
import { type KnownWorkspaces, WorkspaceDirectory } from '../operator-access/workspace-directory.ts';

/** How a workspace is called: by us, and by the vendor where they have said so. */
export interface WorkspaceNames {
  id: string;
  externalId: string | null;
}

interface FoundWorkspace extends WorkspaceNames {
  movedAt: Date | null;
  movedTo: string | null;
}

/**
 * Finds the workspaces that callers of `/operator` name, by our id or as `ext:` and the vendor's own id. Each answer is
 * read by an index at that moment and never remembered: an id that the vendor moves to another workspace must not lead
 * to the former one, not even for a second.
 */
@Injectable()
export class WorkspaceIds implements KnownWorkspaces, OnModuleInit {
  constructor(
    private readonly db: StatementPool,
    private readonly directory: WorkspaceDirectory,
  ) {}

  onModuleInit(): void {
    this.directory.register(this);
  }

  /**
   * The workspace that a query or body names.
   *
   * @param path where the name stands, for the fault
   * @throws NotFoundError when there is none, or not for this caller
   * @throws BadInputError for `ext:` with something that cannot be an id
   */
  async named(text: string, path: string, caller: Caller): Promise<WorkspaceNames> {
    const reference = readReference(text, path);
    if (reference === null) throw new NotFoundError('workspace');
    return this.require(reference, caller);
  }

  /**
   * The workspace that a reference means.
   *
   * @throws NotFoundError when there is none, or not for this caller
   * @throws MovedError when it was moved away
   */
  async require(reference: Reference, caller: Caller): Promise<WorkspaceNames> {
    const found = await this.find(reference, caller);
    if (found === null) throw new NotFoundError('workspace');
    return found;
  }

  /** The workspace that a reference means; null when there is none, or not for this caller. */
  async find(reference: Reference, caller: Caller): Promise<WorkspaceNames | null> {
    if (reference.kind === 'id' && !reaches(caller, reference.id)) return null;
    const [found = null] = await this.read([reference]);
    if (found === null || !reaches(caller, found.id)) return null;
    if (found.movedAt !== null) throw new MovedError(found.movedTo);
    const { id, externalId } = found;
    return { id, externalId };
  }

  async idsOf(references: readonly Reference[]): Promise<(string | null)[]> {
    return (await this.read(references)).map((names) => names?.id ?? null);
  }

  async keep(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const { rows } = await dbOf(manager).run(sql<{ id: string }>`
      SELECT id FROM workspace WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR KEY SHARE`);
    return rows.map(({ id }) => id);
  }

  private async read(references: readonly Reference[]): Promise<(FoundWorkspace | null)[]> {
    if (references.length === 0) return [];
    const ids = references.map((each) => (each.kind === 'id' ? each.id : null));
    const externalIds = references.map((each) => (each.kind === 'external' ? each.externalId : null));
    const { rows } = await this.db.run(
      sql<FoundWorkspace>`
      SELECT id, external_id AS "externalId", moved_at AS "movedAt", moved_to AS "movedTo"
      FROM workspace WHERE id = ANY (${ids}::uuid[])
      UNION SELECT id, external_id, moved_at, moved_to FROM workspace WHERE external_id = ANY (${externalIds}::text[])`.prepared(),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const byExternalId = new Map(rows.map((row) => [row.externalId, row]));
    return references.map(
      (each) => (each.kind === 'id' ? byId.get(each.id) : byExternalId.get(each.externalId)) ?? null,
    );
  }
}
