import type { Db } from '../../database/db.ts';
import type { StatementPipeline } from '../../database/statement-pipeline.ts';
import { sql } from '../../database/sql.ts';
import { memberName } from '../../member-directory/fields/member-name.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import type { MemberSource, MemberStatus } from '../../member-directory/members/member-status.ts';
import { nameOf } from '../decision/fresh-link.ts';
import type { Offer } from '../decision/conflicts.ts';
import type { MemberState, Person } from '../decision/person.ts';
import type { ShownReason } from '../decision/reason.ts';
import { loadPeople } from '../planning/load-people.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import { offersFor } from '../wording/change-view.ts';
import { factsFrom, type PersonFacts } from './person-facts.ts';
import type { ShownDecision } from './preview-cache.ts';

/** How the account of somebody stands in the directory; `none`: they have none there. */
export const accountStates = ['active', 'inactive', 'deleted', 'none'] as const;

/** What can be done about one side of a conflict. */
export const sideOffers = ['link', 'exclude'] as const satisfies readonly Offer[];

/** Somebody in a conflict: the account in the directory, the member, or both. Times are ISO 8601 in UTC. */
export interface ConflictSide extends PersonFacts {
  directoryUserId: string | null;
  memberId: string | null;
  name: string;
  userName: string | null;
  externalId: string | null;
  account: (typeof accountStates)[number];
  accountChangedAt: string | null;
  memberStatus: MemberStatus | 'none';
  source: MemberSource | null;
  memberChangedAt: string | null;
  offers: (typeof sideOffers)[number][];
}

/** What is known of a side before it is shown. */
interface Known {
  person: Person | null;
  member: MemberState | null;
}

/** Somebody named by a conflict; a member that only the next run creates is no member yet. */
interface Named {
  directoryUserId: string | null;
  memberId: string | null;
}

/** When each account and member was last changed, by id. */
interface Times {
  accounts: ReadonlyMap<string, Date>;
  members: ReadonlyMap<string, Date>;
}

/**
 * The person of a conflict, then those it names, so that they can be compared. Empty for any other change, for a conflict
 * about nobody else, and where nobody of them is known any more.
 */
export async function conflictSides(
  db: StatementPipeline,
  { policy, now }: { policy: SyncPolicy; now: Date },
  person: Person,
  decision: ShownDecision,
): Promise<ConflictSide[]> {
  const named = decision.kind === 'conflict' ? namedBy(decision.reason) : [];
  if (named.length === 0) return [];
  const workspaceId = policy.workspace.id;
  const accountOf = await accountsOf(db, workspaceId, memberIdsOf(named));
  const withAccounts = named.map((one) => ({
    ...one,
    directoryUserId: one.directoryUserId ?? accountOf.get(one.memberId ?? '') ?? null,
  }));
  const accounts = withAccounts.flatMap(({ directoryUserId }) => directoryUserId ?? []);
  const { people } = await loadPeople(db, workspaceId, accounts, policy, { lock: false, now });
  const peopleById = new Map(people.map((one) => [one.directoryUserId, one]));
  const ids = [...memberIdsOf(named), ...[person, ...people].flatMap(({ member }) => member?.id ?? [])];
  const members = await membersOf(db, workspaceId, ids);
  const times = {
    accounts: await timesOf(db, workspaceId, [person.directoryUserId, ...accounts]),
    members: new Map([...members].map(([id, { updatedAt }]) => [id, updatedAt])),
  };
  const others = withAccounts.flatMap(({ directoryUserId, memberId }): Known[] => {
    const other = peopleById.get(directoryUserId ?? '') ?? null;
    const member = members.get(memberId ?? '')?.member ?? other?.member ?? null;
    return member === null && other === null ? [] : [{ person: other, member }];
  });
  if (others.length === 0) return [];
  const offers = offersFor(decision);
  return [
    { ...sideOf({ person, member: person.member }, policy, times), ...shownAs(decision) },
    ...others.map((other) => ({
      ...sideOf(other, policy, times),
      offers: offersAbout(other, offers),
    })),
  ];
}

function namedBy({ params }: ShownReason): Named[] {
  const { memberId, directoryUserId, candidates } = params;
  if (Array.isArray(candidates)) {
    return (candidates as { id: string | null }[]).flatMap(({ id }) =>
      id === null ? [] : [{ directoryUserId: null, memberId: id }],
    );
  }
  const named = { directoryUserId: idIn(directoryUserId), memberId: idIn(memberId) };
  return named.directoryUserId === null && named.memberId === null ? [] : [named];
}

function idIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function memberIdsOf(named: readonly Named[]): string[] {
  return named.flatMap(({ memberId }) => memberId ?? []);
}

/** The person as the list shows them: as the member will be. */
function shownAs(decision: ShownDecision): Pick<ConflictSide, 'name' | 'offers'> & PersonFacts {
  const offers = offersFor(decision).includes('exclude') ? (['exclude'] as const) : [];
  return { name: decision.name, ...decision.facts, offers: [...offers] };
}

/**
 * What ends the conflict, as far as it is done to the other side. To exclude somebody who has a member frees no address: the
 * member keeps it.
 */
function offersAbout({ person, member }: Known, offers: readonly Offer[]): ConflictSide['offers'] {
  const isActive = isThere(person);
  if (member === null) return isActive && person?.link?.state !== 'excluded' ? ['exclude'] : [];
  return offers.includes('link') && !isActive && member.status !== 'removed' ? ['link'] : [];
}

function sideOf({ person, member }: Known, policy: SyncPolicy, times: Times): ConflictSide {
  const user = person?.directoryUser ?? null;
  // Of a member, what they are called and have now: the conflict is about that.
  const facts =
    member === null
      ? { mapped: person?.mapped ?? null, resource: user?.resource, member }
      : { mapped: null, resource: undefined, member };
  return {
    directoryUserId: person?.directoryUserId ?? null,
    memberId: member?.id ?? null,
    name: member === null ? (person === null ? '' : nameOf(person)) : memberName(member),
    userName: user?.userName ?? null,
    externalId: user?.externalId ?? person?.link?.externalId ?? member?.externalId ?? null,
    ...factsFrom(facts, policy.properties),
    account: accountStateOf(person),
    accountChangedAt: times.accounts.get(person?.directoryUserId ?? '')?.toISOString() ?? null,
    memberStatus: member?.status ?? 'none',
    source: member?.source ?? null,
    memberChangedAt: times.members.get(member?.id ?? '')?.toISOString() ?? null,
    offers: [],
  };
}

function accountStateOf(person: Person | null): ConflictSide['account'] {
  if (person === null) return 'none';
  if (person.directoryUser === null) return 'deleted';
  return isThere(person) ? 'active' : 'inactive';
}

/** Whether somebody is active in the directory. Who is there without a role is, too, though they are taken for a leaver. */
function isThere(person: Person | null): boolean {
  const user = person?.directoryUser ?? null;
  return user !== null && (user.active || user.lacksRole);
}

/** Who these members are in the directory. */
async function accountsOf(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (memberIds.length === 0) return new Map();
  const { rows } = await db.run(sql<{ memberId: string; id: string }>`
    SELECT member_id AS "memberId", directory_user_id AS id FROM sync_link
    WHERE workspace_id = ${workspaceId} AND member_id = ANY (${memberIds}::uuid[])`);
  return new Map(rows.map(({ memberId, id }) => [memberId, id]));
}

async function membersOf(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { member: MemberState; updatedAt: Date }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.run(sql<{ member: MemberState; updatedAt: Date }>`
    SELECT ${memberJson('m')} AS member, m.updated_at AS "updatedAt" FROM member m
    WHERE m.workspace_id = ${workspaceId} AND m.id = ANY (${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.member.id, row]));
}

/** When the identity provider last changed these people. */
async function timesOf(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await db.run(sql<{ id: string; at: Date }>`
    SELECT id, modified_at AS at FROM directory_user
    WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[])`);
  return new Map(rows.map(({ id, at }) => [id, at]));
}
