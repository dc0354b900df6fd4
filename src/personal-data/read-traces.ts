import type { Db } from '../database/db.ts';
import { parameter, sql } from '../database/sql.ts';
import { enterpriseUserUrn } from '../scim-core/urns.ts';
import type { KnownPerson } from './person.ts';
import { addFullNames, collectTraces, isStorable, noTraces, Redaction, type Traces } from './traces.ts';

/** How many entries of a history are read for what somebody was called, the newest first. */
const historyReadMax = 2_000;

/** Collects what says who the person is, today and in their history. */
export async function readTraces(db: Db, person: KnownPerson): Promise<Traces> {
  const traces = noTraces();
  const workspace = parameter(person.workspaceId);
  const ids = parameter([...person.userIds]);
  const member = parameter(person.memberId);
  const { rows } = await db.run(sql<{ value: unknown }>`
    SELECT jsonb_build_object('email', email, 'firstName', first_name, 'lastName', last_name, 'displayName', display_name,
      'externalId', external_id, 'vendorId', vendor_id) AS value
      FROM member WHERE workspace_id = ${workspace} AND id = ${member}::uuid
    UNION ALL SELECT resource || jsonb_build_object('externalId', external_id, 'userName', user_name)
      FROM directory_user WHERE workspace_id = ${workspace} AND id = ANY (${ids}::uuid[])
    UNION ALL SELECT jsonb_build_object('externalId', external_id, 'displayName', name) FROM sync_link
      WHERE workspace_id = ${workspace} AND (directory_user_id = ANY (${ids}::uuid[]) OR member_id = ${member}::uuid)
    UNION ALL SELECT jsonb_build_object('externalId', external_id, 'displayName', name) FROM former_link
      WHERE workspace_id = ${workspace} AND directory_user_id = ANY (${ids}::uuid[])
    UNION ALL (SELECT changes FROM directory_event
      WHERE workspace_id = ${workspace} AND resource_id = ANY (${ids}::uuid[]) ORDER BY id DESC LIMIT ${historyReadMax})
    UNION ALL (SELECT jsonb_build_array(fields, jsonb_build_object('displayName', name)) FROM sync_change
      WHERE workspace_id = ${workspace} AND (directory_user_id = ANY (${ids}::uuid[]) OR member_id = ${member}::uuid)
      ORDER BY id DESC LIMIT ${historyReadMax})
    UNION ALL (SELECT jsonb_build_array(data, changes) FROM event
      WHERE workspace_id = ${workspace} AND subject_kind = 'member' AND subject_id = ${member}::uuid
      ORDER BY sequence DESC LIMIT ${historyReadMax})`);
  const bodies = await readBodies(db, person);
  const values = [...rows.map(({ value }) => value), ...bodies];
  for (const value of values) collectTraces(value, traces);
  for (const text of [...person.emails, ...person.externalIds]) traces.known.add(text);
  const { given, family } = partsOf(values);
  addFullNames(traces, given, family);
  return traces;
}

/**
 * What the identity provider sent of the person, and was answered. It is read as JSON here: PostgreSQL would refuse some of
 * its texts.
 */
async function readBodies(db: Db, { workspaceId, userIds }: KnownPerson): Promise<unknown[]> {
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(sql<{
    request: unknown;
    answer: unknown;
  }>`SELECT b.request, b.answer FROM provisioning_log l
    JOIN provisioning_log_body b ON b.workspace_id = ${workspace} AND b.id = l.id
    WHERE l.workspace_id = ${workspace} AND l.resource_id = ANY (${[...userIds]}::text[]) AND l.resource_type = 'User'
    ORDER BY l.id DESC LIMIT ${historyReadMax}`);
  return rows.flatMap(({ request, answer }) => [request, answer]);
}

/** First and last names, to be put together. */
function partsOf(values: readonly unknown[]): { given: string[]; family: string[] } {
  const given = new Set<string>();
  const family = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value)) {
      if (typeof each !== 'string') look(each);
      else if (name === 'givenName' || name === 'firstName') given.add(each);
      else if (name === 'familyName' || name === 'lastName') family.add(each);
    }
  };
  values.forEach(look);
  const partsMax = 10;
  return { given: [...given].slice(0, partsMax), family: [...family].slice(0, partsMax) };
}

/**
 * The names of these that nobody else of the workspace has: a name that others share is left in what is about them, where
 * it does not say who was erased.
 */
export async function ownNames(db: Db, person: KnownPerson, names: ReadonlySet<string>): Promise<string[]> {
  const asked = [...names].filter(isStorable);
  if (asked.length === 0) return [...names];
  const workspace = parameter(person.workspaceId);
  const { rows } = await db.run(sql<{ name: string }>`
    SELECT n.name FROM unnest(${asked}::text[]) AS n(name)
    WHERE NOT EXISTS (SELECT FROM directory_user u WHERE u.workspace_id = ${workspace}
        AND u.id <> ALL (${[...person.userIds]}::uuid[]) AND strpos(u.search_text, lower(n.name)) > 0)
      AND NOT EXISTS (SELECT FROM member m WHERE m.workspace_id = ${workspace} AND m.id IS DISTINCT FROM ${person.memberId}::uuid
        AND m.status <> 'removed'
        AND strpos(lower(concat_ws(E'\\n', m.display_name, concat_ws(' ', m.first_name, m.last_name))), lower(n.name)) > 0)`);
  return [...rows.map(({ name }) => name), ...unstorable(names)];
}

/** Digits and what stands between them, such as a phone number: it stands within the value of somebody else, too. */
const onlyDigits = /^[\d\s()+./-]+$/;

/**
 * Those of these texts that are no value of somebody else: the number of an office is the number of everybody there, and
 * `10001` may be an id of one and the postal code of many. What they name as their manager is not theirs.
 */
export async function ownTexts(db: Db, person: KnownPerson, texts: ReadonlySet<string>): Promise<string[]> {
  const asked = [...texts].filter(isStorable);
  if (asked.length === 0) return [...texts];
  const workspace = parameter(person.workspaceId);
  const { candidates } = new Redaction([], asked);
  const looked = asked.map((text) => {
    const inJson = JSON.stringify(text.toLowerCase());
    return { text, value: onlyDigits.test(text) ? inJson.slice(1, -1) : inJson };
  });
  const { rows } = await db.run(sql<{ text: string }>`WITH others AS MATERIALIZED (
      SELECT lower((u.resource #- ${[enterpriseUserUrn, 'manager']}::text[])::text) AS held
      FROM directory_user u WHERE u.workspace_id = ${workspace} AND u.id <> ALL (${[...person.userIds]}::uuid[])
        AND u.resource::text ~* ${candidates}
      UNION ALL SELECT lower(jsonb_build_array(m.email, m.properties)::text) FROM member m
      WHERE m.workspace_id = ${workspace} AND m.id IS DISTINCT FROM ${person.memberId}::uuid AND m.status <> 'removed'
        AND concat_ws(' ', m.email, m.properties::text) ~* ${candidates}
    )
    SELECT t.text FROM unnest(${looked.map(({ text }) => text)}::text[], ${looked.map(({ value }) => value)}::text[]) AS t(text, value)
    WHERE NOT EXISTS (SELECT FROM others WHERE strpos(held, t.value) > 0)`);
  return [...rows.map(({ text }) => text), ...unstorable(texts)];
}

/** What was refused and is in the log alone: nobody else is called so. */
function unstorable(texts: ReadonlySet<string>): string[] {
  return [...texts].filter((text) => !isStorable(text));
}
