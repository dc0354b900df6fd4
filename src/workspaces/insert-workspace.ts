import type { Db } from '../database/db.ts';
import { newId } from '../database/ids.ts';
import { sql } from '../database/sql.ts';
import { ConflictError } from '../errors/domain-errors.ts';
import { settingsDefault } from './settings.ts';
import { slugOf } from './slug.ts';
import { toWorkspace, type Workspace, workspaceColumns, type WorkspaceRow } from './workspace.ts';

const slugAttemptsMax = 20;
const countedAttemptsMax = 5;

/** A workspace to be made. */
export interface NewWorkspace {
  name: string;
  externalId: string | null;
}

/**
 * Makes a workspace, not entitled. The unique constraints decide: a slug that is taken makes it try the next one, then
 * random endings. It waits for another transaction that is making a workspace with the same name or id.
 *
 * @returns null when another workspace has the vendor's own id
 * @throws ConflictError `slug-taken`
 */
export async function insertWorkspace(
  db: Db,
  { name, externalId }: NewWorkspace,
  now: Date,
): Promise<Workspace | null> {
  const id = newId();
  for (let attempt = 1; attempt <= slugAttemptsMax; attempt += 1) {
    const { rows } = await db.run(sql<WorkspaceRow>`
      INSERT INTO workspace (id, name, slug, external_id, settings, created_at, updated_at)
      VALUES (${id}, ${name}, ${slugCandidate(name, attempt)}, ${externalId},
        ${JSON.stringify(settingsDefault)},
        ${now}, ${now})
      ON CONFLICT DO NOTHING RETURNING ${workspaceColumns}`);
    if (rows[0] !== undefined) return toWorkspace(rows[0]);
    if (externalId !== null && (await isTaken(db, externalId))) return null;
  }
  throw new ConflictError('slug-taken', 'No short name could be made out of this name. Try another name.');
}

/** What is answered when a workspace is to get an id of the vendor's that another one has. */
export function externalIdTaken(): ConflictError {
  return new ConflictError('external-id-taken', 'Another workspace has this externalId.');
}

async function isTaken(db: Db, externalId: string): Promise<boolean> {
  const { count } = await db.run(sql`SELECT 1 FROM workspace WHERE external_id = ${externalId}`);
  return count > 0;
}

function slugCandidate(name: string, attempt: number): string {
  const slug = slugOf(name);
  if (attempt === 1) return slug;
  return `${slug}-${attempt <= countedAttemptsMax ? attempt : newId().slice(-8)}`;
}
