import { sql } from '../../database/sql.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import { memberJson } from '../../member-directory/members/member-parts.ts';
import type { Change } from '../decision/change.ts';
import { freshLink } from '../decision/fresh-link.ts';
import type { MemberState } from '../decision/person.ts';
import type { Reason } from '../decision/reason.ts';
import type { LoadedPeople } from '../planning/load-people.ts';
import { newPlan, planBatch } from '../planning/plan.ts';
import { whyNotLinked } from '../writing/free-member.ts';
import type { Scene } from './preview-scenes.ts';

/**
 * What follows once an admin has said which member a person is. The run that links them leaves the member their address, the
 * key to single sign-on; a later one changes it.
 *
 * @property fields what the run changes that links them
 * @property later what changes when the identity provider next sends something about the person, as everything stands now
 * @property laterReason why nothing changes then
 */
export interface LinkEffect {
  kind: Change['kind'];
  reason: Reason;
  fields: FieldChange[];
  later: FieldChange[];
  laterReason: Reason | null;
}

/**
 * Reads a member that a person is to be.
 *
 * @throws NotFoundError, ConflictError `member-removed`, `member-linked`
 */
export async function readLinkable(
  { db, policy }: Pick<Scene, 'db' | 'policy'>,
  directoryUserId: string,
  memberId: string,
): Promise<MemberState> {
  const workspaceId = policy.workspace.id;
  const { rows } = await db.run(sql<{ member: MemberState; heldBy: string | null; isActive: boolean }>`
    SELECT ${memberJson('m')} AS member, l.directory_user_id AS "heldBy", coalesce(u.active, false) AS "isActive"
    FROM member m
    LEFT JOIN sync_link l ON l.workspace_id = ${workspaceId} AND l.member_id = m.id
    LEFT JOIN directory_user u ON u.workspace_id = ${workspaceId} AND u.id = l.directory_user_id
    WHERE m.workspace_id = ${workspaceId} AND m.id = ${memberId}`);
  const [found] = rows;
  if (found === undefined) throw new NotFoundError('member');
  const { member, heldBy, isActive } = found;
  const holder = heldBy === null ? undefined : { id: heldBy, isActive };
  const refusal = whyNotLinked(member, holder, directoryUserId.toLowerCase());
  if (refusal !== null) throw refusal;
  return member;
}

/** Decides as the next run would, and then as a later one, for one person who was loaded; their groups aside. */
export function linkEffect(
  { policy, budget, seats, roles, now }: Pick<Scene, 'policy' | 'budget' | 'seats' | 'roles' | 'now'>,
  loaded: LoadedPeople,
  member: MemberState,
): LinkEffect {
  const [person] = loaded.people;
  if (person === undefined) throw new Error('A person who was asked for was not loaded');
  const holders = new Map(loaded.holders);
  // The member that the person was before keeps the address, unless it was removed.
  if (person.member !== null && person.member.status !== 'removed' && person.member.id !== member.id) {
    holders.set(person.member.emailKey, {
      member: person.member,
      directoryUserId: null,
      alive: false,
      due: false,
    });
  }
  const decided = (as: MemberState, awaitsAdoption: boolean) => {
    const link = { ...freshLink(person, as.id), awaitsAdoption };
    const linked = { ...person, former: null, groups: null, member: as, link };
    const plan = newPlan(budget, new Map(), seats, roles?.copy());
    const [decision] = planBatch({ ...loaded, holders, people: [linked] }, policy, plan, now);
    if (decision === undefined) throw new Error('Nothing was decided');
    return decision;
  };
  const { kind, reason, fields, member: after } = decided(member, true);
  if (kind !== 'link' || after === null) return { kind, reason, fields: [], later: [], laterReason: null };
  const then = decided(after, false);
  return {
    kind,
    reason,
    fields,
    later: then.kind === 'update' ? then.fields : [],
    laterReason: then.kind === 'conflict' ? then.reason : null,
  };
}
