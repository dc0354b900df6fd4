import type { Db } from '../../database/db.ts';
import { parameter, raw, type Sql, sql } from '../../database/sql.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { departmentProperty } from '../../member-directory/properties/default-property.ts';
import { enterpriseUserUrn } from '../../scim-core/urns.ts';
import type { Change } from '../decision/change.ts';
import type { LinkState, MemberState } from '../decision/person.ts';
import { linkJson } from '../planning/link-json.ts';
import { reasonOf, withheldKind } from '../wording/shown-reason.ts';
import { factsFrom, type PersonFacts } from './person-facts.ts';

const pageSizePeople = 500;

/** A change as it is listed. */
export type ListedChange = Change & { facts: PersonFacts };

/** Whose withheld people, when, and the properties of the workspace. */
interface Where {
  workspaceId: string;
  /** People queued at this time are decided again, and are not among these. */
  now: Date;
  properties: readonly Property[];
}

/**
 * Everybody who is withheld (conflict, held, waiting for a seat, suppressed, excluded) and not queued: a run leaves them as
 * they are.
 *
 * @param after the person to begin after, in the order of ids
 */
export async function* withheldPagesAfter(
  db: Db,
  where: Where,
  after: string | null,
): AsyncGenerator<ListedChange[]> {
  let from = after;
  for (;;) {
    const begin = parameter(from);
    const isBehind = sql`(${begin}::uuid IS NULL OR l.directory_user_id > ${begin})`;
    const changes = await readWithheld(db, where, isBehind, pageSizePeople);
    yield changes;
    const last = changes.at(-1);
    if (last === undefined || changes.length < pageSizePeople) return;
    from = last.directoryUserId;
  }
}

/** Those of these people who are withheld and not queued. */
export function withheldAmong(db: Db, where: Where, ids: readonly string[]): Promise<ListedChange[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return readWithheld(db, where, sql`l.directory_user_id = ANY (${ids}::uuid[])`, ids.length);
}

/** The person as the identity provider sent them, as far as facts are made of it. */
const resource = raw(`json_build_object('emails', u.resource -> 'emails', 'title', u.resource -> 'title',
  '${enterpriseUserUrn}', json_build_object('department', u.resource #> '{${enterpriseUserUrn},department}'))`);
const memberFacts = raw(`json_build_object('email', m.email, 'jobTitle', m.job_title, 'properties',
  json_build_object('${departmentProperty.key}', m.properties -> '${departmentProperty.key}'))`);

async function readWithheld(
  db: Db,
  { workspaceId, now, properties }: Where,
  which: Sql,
  limit: number,
): Promise<ListedChange[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<WithheldRow>`
     SELECT l.directory_user_id AS "directoryUserId", ${linkJson('l')} AS link, c.fields, ${resource} AS resource,
       CASE WHEN m.id IS NOT NULL THEN ${memberFacts} END AS member
     FROM sync_link l
     LEFT JOIN LATERAL (SELECT fields FROM sync_change c WHERE l.state = 'held' AND c.workspace_id = ${workspace}
       AND c.directory_user_id = l.directory_user_id AND c.state = 'held' ORDER BY c.id DESC LIMIT 1) c ON true
     LEFT JOIN LATERAL (SELECT resource FROM directory_user WHERE workspace_id = ${workspace}
       AND id = l.directory_user_id OFFSET 0) u ON true
     LEFT JOIN LATERAL (SELECT id, email, job_title, properties FROM member WHERE workspace_id = ${workspace}
       AND id = l.member_id OFFSET 0) m ON true
     WHERE l.workspace_id = ${workspace} AND l.state <> 'linked' AND ${which}
       AND NOT EXISTS (SELECT 1 FROM sync_queue q WHERE q.workspace_id = ${workspace}
         AND q.directory_user_id = l.directory_user_id AND q.due_at <= ${now})
     ORDER BY l.directory_user_id LIMIT ${limit}`);
  return rows.map(({ directoryUserId, link, fields, resource: sent, member }) => {
    const { state, memberId, name, basedOn } = link;
    const kind = withheldKind(state);
    const idle = { fields: fields ?? [], waitsFor: null, groups: null };
    const facts = factsFrom({ mapped: null, resource: sent, member }, properties);
    return { kind, directoryUserId, memberId, name, basedOn, reason: reasonOf(link), ...idle, facts };
  });
}

interface WithheldRow {
  directoryUserId: string;
  link: LinkState & { state: Exclude<LinkState['state'], 'linked'> };
  fields: Change['fields'] | null;
  resource: unknown;
  member: Pick<MemberState, 'email' | 'jobTitle' | 'properties'> | null;
}
