import { randomBytes } from 'node:crypto';
import type { Db } from '../../database/db.ts';
import { type ArrayColumns, rowsFrom } from '../../database/row-arrays.ts';
import { parameter, type Sql, sql } from '../../database/sql.ts';
import { foldCase } from '../../scim-core/fold.ts';
import type { Person } from '../decision/person.ts';

/** Length of the salt of a workspace, in bytes. */
const saltLengthBytes = 32;

/** By what a person may be known again. */
export interface KnownBy {
  userNames: readonly string[];
  externalIds: readonly string[];
  emails: readonly string[];
}

/** One of the names by which somebody is known again, and whose it is. */
interface Identity {
  directoryUserId: string;
  text: string;
}

const identityColumns: ArrayColumns<Identity> = {
  id: { type: 'uuid', of: ({ directoryUserId }) => directoryUserId },
  text: { type: 'text', of: ({ text }) => text },
};

/** The texts of which the hashes are kept: each says what kind of name it is. */
export function identitiesOf({ userNames, externalIds, emails }: KnownBy): string[] {
  const texts = [
    ...userNames.map((userName) => `userName:${foldCase(userName)}`),
    ...externalIds.map((externalId) => `externalId:${externalId}`),
    ...emails.map((email) => `email:${foldCase(email)}`),
  ];
  return [...new Set(texts)];
}

/** The hash of an identity, where the statement calls the salt of the workspace `s` and the texts `x`. */
const hashSql: Sql = sql`sha256(s.salt || convert_to(x.text, 'UTF8'))`;

/** Remembers who was erased, so that they do not come back unnoticed. */
export async function rememberErased(
  db: Db,
  workspaceId: string,
  known: KnownBy,
  now: Date,
): Promise<number> {
  const workspace = parameter(workspaceId);
  await db.run(sql`INSERT INTO erasure_salt (workspace_id, salt) VALUES (${workspace}, ${randomBytes(saltLengthBytes)})
    ON CONFLICT (workspace_id) DO NOTHING`);
  const { count } = await db.run(sql`INSERT INTO erased_identity (workspace_id, hash, erased_at)
    SELECT DISTINCT ${workspace}::uuid, ${hashSql}, ${now}::timestamptz
    FROM erasure_salt s CROSS JOIN unnest(${identitiesOf(known)}::text[]) AS x(text) WHERE s.workspace_id = ${workspace}
    ON CONFLICT (workspace_id, hash) DO UPDATE SET erased_at = excluded.erased_at`);
  return count;
}

/** Notes of people without a member whether somebody of that name was erased: then they wait until an admin allows them. */
export async function addErased(db: Db, workspaceId: string, people: readonly Person[]): Promise<void> {
  const unlinked = people.filter((person) => person.directoryUser !== null && person.member === null);
  const identities = identitiesOfPeople(unlinked);
  if (identities.length === 0) return;
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<{ id: string; erasedAt: Date }>`SELECT x.id, max(e.erased_at) AS "erasedAt"
     FROM erasure_salt s CROSS JOIN ${rowsFrom(identityColumns, identities)}
     JOIN erased_identity e ON e.workspace_id = ${workspace} AND e.hash = ${hashSql}
     WHERE s.workspace_id = ${workspace} GROUP BY x.id`,
  );
  const erased = new Map(rows.map(({ id, erasedAt }) => [id, erasedAt.toISOString()]));
  for (const person of unlinked) person.erasedAt = erased.get(person.directoryUserId) ?? null;
}

/** Forgets that somebody of these names was erased: an admin has allowed them again. */
export async function forgetErased(db: Db, workspaceId: string, people: readonly Person[]): Promise<void> {
  const identities = identitiesOfPeople(people);
  if (identities.length === 0) return;
  const workspace = parameter(workspaceId);
  // Hashed in a part that reads: a database that is distributed by workspace refuses that in one that writes.
  await db.run(sql`WITH named AS MATERIALIZED (
      SELECT ${hashSql} AS hash FROM erasure_salt s, ${rowsFrom(identityColumns, identities)} WHERE s.workspace_id = ${workspace}
    )
    DELETE FROM erased_identity e USING named WHERE e.workspace_id = ${workspace} AND e.hash = named.hash`);
}

function identitiesOfPeople(people: readonly Person[]): Identity[] {
  return people.flatMap(({ directoryUserId, directoryUser }) => {
    if (directoryUser === null) return [];
    const { userName, externalId, resource } = directoryUser;
    const known = { userNames: [userName], externalIds: externalId === null ? [] : [externalId] };
    return identitiesOf({ ...known, emails: emailsOf(resource) }).map((text) => ({ directoryUserId, text }));
  });
}

/** The addresses in a SCIM resource of a user. */
export function emailsOf(resource: Readonly<Record<string, unknown>>): string[] {
  const { emails } = resource;
  if (!Array.isArray(emails)) return [];
  return emails.flatMap((email: unknown) => {
    const value: unknown = typeof email === 'object' && email !== null ? Reflect.get(email, 'value') : null;
    return typeof value === 'string' ? [value] : [];
  });
}
