import type { Db } from '../../database/db.ts';
import { type MemberField, memberFields } from '../../member-directory/fields/member-field.ts';
import { userMeantBy } from '../../scim/directory/directory-sql.ts';
import { rowsWithin, textBytes } from '../../database/rows-within.ts';
import { type Parameter, parameter, raw, type Sql, sql } from '../../database/sql.ts';
import { columnName } from '../../database/table/table.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import type { ScimResource } from '../../scim-core/resource.ts';

/** Most people in a preview of rules. */
export const directorySampleMax = 20;
/** People who are read in one statement when everybody is looked at. */
const batchSizePeople = 1_000;

/** The names of a directory user's groups as an SQL expression; `alias` is the user's table in the statement. */
export function groupNamesOf(alias: string, workspace: Parameter): Sql {
  return sql`(SELECT array_agg(gn.display_name ORDER BY gn.display_name_key, gn.id)
    FROM directory_group_member gm
    JOIN directory_group gn ON gn.workspace_id = ${workspace} AND gn.id = gm.group_id
    WHERE gm.workspace_id = ${workspace} AND gm.user_id = ${raw(`${alias}.id`)})`;
}

/** What rules can fill of a member. */
export interface SampledMember extends Record<MemberField, string | null> {
  id: string;
  managerId: string | null;
  properties: Record<string, unknown>;
}

/**
 * A person of the directory, as the identity provider sent them, and the member they are linked to.
 *
 * @property isWithheld they are excluded, or what was sent last was undone or rejected: a run leaves them as they are
 * @property isInConflict a run leaves them as they are, too, unless other rules resolve the conflict
 */
export interface SampledUser {
  id: string;
  userName: string;
  resource: ScimResource;
  groups: string[];
  member: SampledMember | null;
  isWithheld: boolean;
  isInConflict: boolean;
}

const memberPairs = ['id', ...memberFields, 'managerId', 'properties'].map(
  (field) => `'${field}', m.${columnName(field)}`,
);

const memberJson = raw(`jsonb_build_object(${memberPairs.join(', ')})`);

/** Size of one read as JSON; as objects it takes several times as much memory. */
const sampleSizeMaxBytes = pageSizeMaxBytes;

interface SampleQuery {
  after: string | null;
  limit: number;
  withGroups: boolean;
}

/** The ids of the people of a page. */
function placesOf(workspaceId: Parameter, { after, limit }: SampleQuery): Sql {
  const last = parameter(after);
  return sql`
    SELECT u.id FROM directory_user u
    WHERE u.workspace_id = ${workspaceId} AND u.active AND (${last}::uuid IS NULL OR u.id < ${last})
    ORDER BY u.id DESC LIMIT ${limit}`;
}

/** The person at `place`. */
function personOf(workspaceId: Parameter, { withGroups }: SampleQuery): Sql {
  return sql`
    SELECT u.id, u.user_name AS "userName", u.resource,
      CASE WHEN ${withGroups}::boolean THEN coalesce(${groupNamesOf('u', workspaceId)}, '{}') ELSE '{}' END AS groups,
      CASE WHEN m.id IS NOT NULL THEN ${memberJson} END AS member,
      coalesce(l.state = 'excluded' OR l.state = 'suppressed' AND l.directory_version = u.version, false) AS "isWithheld",
      coalesce(l.state = 'conflict', false) AS "isInConflict"
    FROM directory_user u
    LEFT JOIN sync_link l ON l.workspace_id = ${workspaceId} AND l.directory_user_id = u.id
    LEFT JOIN member m ON m.workspace_id = ${workspaceId} AND m.id = l.member_id AND m.status <> 'removed'
    WHERE u.workspace_id = ${workspaceId} AND u.id = place.id OFFSET 0`;
}

const personSizeBytes = `${textBytes('resource')} + ${textBytes('member')}`;

/**
 * The newest active people of the directory, at most `limit`, and fewer where they are large.
 *
 * @param after the last person of the page before, or null
 * @returns `listed`: how many there are but for their size, at most `limit`
 */
export async function sampleDirectoryUsers(
  db: Db,
  workspaceId: string,
  query: SampleQuery,
): Promise<{ people: SampledUser[]; listed: number }> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<SampledUser & { listed: number }>`
    WITH place AS MATERIALIZED (${placesOf(workspace, query)}),
    person AS MATERIALIZED (SELECT one.* FROM place CROSS JOIN LATERAL (${personOf(workspace, query)}) one)
    SELECT shown.*, (SELECT count(*)::integer FROM place) AS listed
    FROM (${rowsWithin('person', personSizeBytes, sampleSizeMaxBytes)}) shown`,
  );
  return { people: rows, listed: rows[0]?.listed ?? 0 };
}

/** All active people of the directory in batches, the newest first. */
export async function* allDirectoryUsers(
  db: Db,
  workspaceId: string,
  withGroups: boolean,
  after: string | null = null,
): AsyncGenerator<SampledUser[]> {
  let last = after;
  for (;;) {
    const options = { after: last, limit: batchSizePeople, withGroups };
    const { people, listed } = await sampleDirectoryUsers(db, workspaceId, options);
    if (people.length > 0) yield people;
    if (listed < batchSizePeople && people.length === listed) return;
    last = people.at(-1)?.id ?? null;
  }
}

/** The members that references name. */
export async function membersNamedBy(
  db: Db,
  workspaceId: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  if (references.length === 0) return new Map();
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ reference: string; member_id: string }>`SELECT r.reference, l.member_id
     FROM unnest(${[...new Set(references)]}::text[]) AS r(reference)
     CROSS JOIN LATERAL (${userMeantBy('n.id', raw('r.reference'), workspace)}) u
     JOIN sync_link l ON l.workspace_id = ${workspace} AND l.directory_user_id = u.id
       AND l.member_id IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.reference, row.member_id]));
}
