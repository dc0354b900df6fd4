import type { Db } from '../../database/db.ts';
import { list, parameter, type Parameter, type Sql, sql } from '../../database/sql.ts';
import { isEmailAddress } from '../../member-directory/fields/email-address.ts';
import { memberName } from '../../member-directory/fields/member-name.ts';
import { partsAreIndexed, searchCondition } from '../../member-directory/members/member-search.ts';
import type { MemberStatus } from '../../member-directory/members/member-status.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { own } from '../../scim-core/resource.ts';
import type { Person } from '../decision/person.ts';

/** Why a member may be a person, the best reason first. */
export const likenesses = [
  'same-email',
  'was-member',
  'same-external-id',
  'same-name',
  'same-mailbox',
  'same-last-name',
] as const;

export type Likeness = (typeof likenesses)[number];

/** A member that a person may be, and why. */
export interface LinkCandidate {
  member: {
    id: string;
    name: string;
    email: string;
    status: Exclude<MemberStatus, 'removed'>;
    deactivatedAt: string | null;
  };
  because: Likeness[];
}

/** What of a person is looked for among the members; texts are folded. */
interface Traits {
  emailKeys: readonly string[];
  /** What stands before the @ of an address. */
  mailboxes: readonly string[];
  externalId: string | null;
  /** What the person may be called as a whole. */
  names: readonly string[];
  lastName: string | null;
  formerMemberId: string | null;
}

interface FoundMember {
  id: string;
  email: string;
  emailKey: string;
  externalId: string | null;
  displayName: string | null;
  firstName: string | null;
  lastName: string | null;
  status: 'active' | 'deactivated';
  leftAt: Date | null;
}

/** The most members that are proposed. */
export const proposedMembersMax = 8;

/** The most members that are looked at for one trait: many may share a name, and most of them belong to somebody. */
const membersPerTraitMax = 200;

/** The most addresses of one person that are looked for. */
const addressesOfPersonMax = 10;

/** An index of parts finds a text by three letters that follow one another; without them it would be read as a whole. */
const threeLetters = /[\p{L}\p{N}]{3}/u;

/** Every text that begins with `x` comes before `x` with this behind it. */
const lastCharacter = '\u{10ffff}';

/**
 * The members that a person is most likely to be, with the reasons; only those that can be linked. Each trait is looked for by
 * an index of the members.
 */
export async function linkCandidates(db: Db, workspaceId: string, person: Person): Promise<LinkCandidate[]> {
  const traits = traitsOf(person);
  const found = await membersLike(db, workspaceId, traits);
  return found
    .map((member) => ({ member, because: likenessOf(member, traits) }))
    .filter(({ because }) => because.length > 0)
    .sort((one, other) => rankOf(one) - rankOf(other) || (one.member.id < other.member.id ? -1 : 1))
    .slice(0, proposedMembersMax)
    .map(({ member, because }) => ({
      member: {
        id: member.id,
        name: memberName(member),
        email: member.email,
        status: member.status,
        deactivatedAt: member.leftAt?.toISOString() ?? null,
      },
      because,
    }));
}

/** By the best reason; of members with the same, those with more of them come first. */
function rankOf({ because }: { because: readonly Likeness[] }): number {
  const [best = 'same-last-name'] = because;
  return likenesses.indexOf(best) * likenesses.length - because.length;
}

/** What a person is looked for by: as the rules map them, and every address that came. */
function traitsOf({ mapped, directoryUser, former }: Person): Traits {
  const { email, displayName, firstName, lastName } = mapped?.fields ?? {};
  const addresses = [email, directoryUser?.userName, ...addressesIn(directoryUser?.resource)];
  const emailKeys = distinct(addresses.map((text) => (isEmailAddress(text ?? '') ? text : null)));
  const fullName = [firstName, lastName].filter(Boolean).join(' ');
  return {
    emailKeys: emailKeys.slice(0, addressesOfPersonMax),
    mailboxes: distinct(emailKeys.map(mailboxOf)).slice(0, addressesOfPersonMax),
    externalId: directoryUser?.externalId ?? null,
    names: distinct([displayName, fullName]),
    lastName: distinct([lastName])[0] ?? null,
    formerMemberId: former?.member.id ?? null,
  };
}

function addressesIn(resource: unknown): string[] {
  const emails = own(resource, 'emails');
  if (!Array.isArray(emails)) return [];
  return (emails as unknown[]).flatMap((one) => {
    const value = own(one, 'value');
    return typeof value === 'string' ? [value] : [];
  });
}

/** Each text once, folded; without those that are empty. */
function distinct(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.map((text) => foldCase(text ?? '').trim()))].filter((text) => text !== '');
}

function mailboxOf(emailKey: string): string {
  return emailKey.slice(0, emailKey.lastIndexOf('@'));
}

function likenessOf(member: FoundMember, traits: Traits): Likeness[] {
  const names = distinct([member.displayName, [member.firstName, member.lastName].filter(Boolean).join(' ')]);
  const [lastName] = distinct([member.lastName]);
  const isSo: Record<Likeness, boolean> = {
    'same-email': traits.emailKeys.includes(member.emailKey),
    'was-member': member.id === traits.formerMemberId,
    'same-external-id': member.externalId !== null && member.externalId === traits.externalId,
    'same-name': names.some((name) => traits.names.includes(name)),
    'same-mailbox': traits.mailboxes.includes(mailboxOf(member.emailKey)),
    'same-last-name': lastName !== undefined && lastName === traits.lastName,
  };
  const all = likenesses.filter((likeness) => isSo[likeness]);
  // What a better reason says already is not said again.
  const isSaid: Partial<Record<Likeness, Likeness>> = {
    'same-mailbox': 'same-email',
    'same-last-name': 'same-name',
  };
  return all.filter((likeness) => {
    const better = isSaid[likeness];
    return better === undefined || !all.includes(better);
  });
}

/** The members with one of these traits that can be linked: at most so many for each trait. */
async function membersLike(db: Db, workspaceId: string, traits: Traits): Promise<FoundMember[]> {
  const workspace = parameter(workspaceId);
  const searches = searchesFor(traits, await partsAreIndexed(db));
  const { emailKeys, mailboxes, externalId, formerMemberId } = traits;
  const conditions = [
    ...(emailKeys.length > 0 ? [sql`m.email_key = ANY (${emailKeys}::text[])`] : []),
    ...(formerMemberId === null ? [] : [sql`m.id = ${formerMemberId}::uuid`]),
    ...(externalId === null ? [] : [sql`m.external_id = ${externalId}`]),
    ...mailboxes.map(
      (mailbox) => sql`m.email_key >= ${`${mailbox}@`} AND m.email_key < ${`${mailbox}@${lastCharacter}`}`,
    ),
    ...searches,
  ];
  if (conditions.length === 0) return [];
  const found = list(
    conditions.map((condition) => someWho(workspace, condition)),
    ' UNION ALL ',
  );
  const { rows } = await db.run(sql<FoundMember>`
    SELECT m.id, m.email, m.email_key AS "emailKey", m.external_id AS "externalId", m.display_name AS "displayName",
      m.first_name AS "firstName", m.last_name AS "lastName", m.status, m.deactivated_at AS "leftAt"
    FROM (SELECT DISTINCT id FROM (${found}) one) liked
    CROSS JOIN LATERAL (SELECT * FROM member WHERE workspace_id = ${workspace} AND id = liked.id OFFSET 0) m`);
  return rows;
}

/** The ids of those members who can be linked among the first with a trait. */
function someWho(workspace: Parameter, condition: Sql): Sql {
  return sql`(SELECT f.id FROM (
      SELECT m.id FROM member m
      WHERE m.workspace_id = ${workspace} AND m.status <> 'removed' AND ${condition} LIMIT ${membersPerTraitMax}) f
    WHERE NOT EXISTS (SELECT 1 FROM sync_link l
      JOIN directory_user u ON u.workspace_id = ${workspace} AND u.id = l.directory_user_id
      WHERE l.workspace_id = ${workspace} AND l.member_id = f.id AND u.active))`;
}

function searchesFor({ names, lastName }: Traits, hasParts: boolean): Sql[] {
  const kind = hasParts ? 'part' : 'beginning';
  return [...names, ...(lastName === null ? [] : [lastName])]
    .filter((text) => !hasParts || threeLetters.test(text))
    .map((text) => searchCondition({ kind, text }));
}
