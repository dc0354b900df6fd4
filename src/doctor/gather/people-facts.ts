import type { Db } from '../../database/db.ts';
import { parameter, raw, sql } from '../../database/sql.ts';
import { isObject } from '../../scim-core/resource.ts';
import { userMeantBy } from '../../scim/directory/directory-sql.ts';
import { nameOfUser } from '../../user-provisioning/request-facts.ts';
import type { DeletionFact, EarlyPeople, PersonFact, RequestFact } from '../facts/facts.ts';

/** The newest people that are looked at; of so many the requests are read, too, of each the newest. */
export const newestPeopleMax = 200;
const saidActivePeopleMax = 50;
const requestsOfPersonMax = 5;
/** The people who came first that are looked at. */
export const earlyPeopleMax = 500;

type PersonRow = Omit<PersonFact, 'emails'> & { emails: unknown };

/** The newest people of a workspace. */
export async function readPeople(db: Db, workspaceId: string): Promise<PersonFact[]> {
  const workspace = parameter(workspaceId);
  const manager = userMeantBy('1', raw('u.manager_value'), workspace);
  const { rows } = await db.run(
    sql<PersonRow>`SELECT u.id, ${nameOfUser} AS name, u.user_name AS "userName", u.external_id AS "externalId",
        u.resource -> 'emails' AS emails, u.manager_value AS "managerValue", u.created_at AS "createdAt",
        coalesce(u.resource ->> 'displayName', u.resource #>> '{name,formatted}', u.resource #>> '{name,givenName}',
          u.resource #>> '{name,familyName}') IS NOT NULL AS "isNamed",
        u.manager_value IS NOT NULL AND EXISTS (${manager}) AS "isManagerKnown", said.active AS "saidActive"
      FROM (
        SELECT *, row_number() OVER (ORDER BY created_at DESC, id DESC) AS place FROM directory_user
        WHERE workspace_id = ${workspace} ORDER BY created_at DESC, id DESC LIMIT ${newestPeopleMax}
      ) u
      LEFT JOIN LATERAL (
        SELECT bool_or(b.request::text ~* '"active"') AS active
        FROM (
          SELECT l.id FROM provisioning_log l
          WHERE u.place <= ${saidActivePeopleMax} AND l.workspace_id = ${workspace} AND l.resource_id = u.id::text
            AND l.status < 400 AND l.method <> 'GET'
          ORDER BY l.id DESC LIMIT ${requestsOfPersonMax}
        ) l JOIN provisioning_log_body b ON b.workspace_id = ${workspace} AND b.id = l.id
        WHERE b.request IS NOT NULL
      ) said ON true
      ORDER BY u.place`,
  );
  return rows.map((row) => ({ ...row, emails: emailsOf(row.emails) }));
}

/** The people who came first. */
export async function readEarlyPeople(db: Db, workspaceId: string): Promise<EarlyPeople> {
  const { rows } = await db.run(
    sql<EarlyPeople>`SELECT count(*)::int AS count, count(*) FILTER (WHERE NOT active)::int AS inactive, min(created_at) AS since
      FROM (SELECT active, created_at FROM directory_user WHERE workspace_id = ${workspaceId}
            ORDER BY created_at, id LIMIT ${earlyPeopleMax}) u`,
  );
  return rows[0] ?? { count: 0, inactive: 0, since: null };
}

/** Of the given requests, those that deleted a person, and what was known of the person before. */
export async function readDeletions(
  db: Db,
  workspaceId: string,
  requests: readonly RequestFact[],
): Promise<DeletionFact[]> {
  const deleted = requests.filter(
    ({ method, resourceType, status }) => method === 'DELETE' && resourceType === 'User' && status < 300,
  );
  const ids = deleted.flatMap(({ resourceId }) => resourceId ?? []);
  if (ids.length === 0) return [];
  const { rows } = await db.run(
    sql<{ id: string; createdAt: Date | null; wasDeactivated: boolean }>`
      SELECT e.resource_id AS id, min(e.at) FILTER (WHERE e.kind = 'created') AS "createdAt",
        bool_or(e.changes @> '[{"path": "active", "after": false}]' OR e.changes @> '{"active": false}') AS "wasDeactivated"
      FROM directory_event e WHERE e.workspace_id = ${workspaceId} AND e.resource_id = ANY (${ids}::uuid[]) GROUP BY 1`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return deleted.flatMap(({ at, resourceId }) => {
    const person = resourceId === null ? undefined : known.get(resourceId);
    return person === undefined ? [] : [{ ...person, at, resourceId: person.id }];
  });
}

/** The values, the primary one first, then that of type `work`. */
function emailsOf(stored: unknown): string[] {
  const emails = (Array.isArray(stored) ? stored : [stored]).filter(isObject);
  const rank = ({ primary, type }: Record<string, unknown>) =>
    primary === true ? 0 : type === 'work' ? 1 : 2;
  return emails
    .sort((left, right) => rank(left) - rank(right))
    .flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []));
}
