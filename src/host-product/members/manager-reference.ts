import type { Db } from '../../database/db.ts';
import { sql } from '../../database/sql.ts';
import { externalIdPrefix } from '../../http/endpoint/reference.ts';
import { isExternalId } from '../../http/validation/external-id.ts';

/** The id of no member: the check of the ids finds that, and says it with all other faults. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** The vendor's own id of the manager that a body names by `ext:`; null where it does not. */
export function managerExternalId({ managerId }: { managerId?: string | null | undefined }): string | null {
  if (managerId?.startsWith(externalIdPrefix) !== true) return null;
  const externalId = managerId.slice(externalIdPrefix.length);
  return isExternalId(externalId) ? externalId : null;
}

/** The same bodies with our ids of the managers that they name by the vendor's own ids. */
export async function withManagerIds<Body extends { managerId?: string | null | undefined }>(
  db: Db,
  workspaceId: string,
  bodies: readonly Body[],
): Promise<Body[]> {
  const externalIds = new Set(bodies.flatMap((body) => managerExternalId(body) ?? []));
  if (externalIds.size === 0) return [...bodies];
  const { rows } = await db.run(
    sql<{ id: string; externalId: string }>`SELECT id, vendor_id AS "externalId" FROM member
      WHERE workspace_id = ${workspaceId} AND vendor_id = ANY (${[...externalIds]}::text[])`,
  );
  const ids = new Map(rows.map(({ id, externalId }) => [externalId, id]));
  return bodies.map((body) => {
    const externalId = managerExternalId(body);
    return externalId === null ? body : { ...body, managerId: ids.get(externalId) ?? nobody };
  });
}
