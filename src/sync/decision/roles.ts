import { isCounted, type MemberRole } from '../../member-directory/roles/member-role.ts';
import type { RoleCandidate, RoleWish } from '../../role-mapping/rule/role-wish.ts';
import type { MemberStatus } from '../../member-directory/members/member-status.ts';
import type { RoleReason } from './reason.ts';

/** The field that names a member's role in a change. */
export const roleField = 'role';

/**
 * The role that a person gets.
 *
 * @property key null: none
 * @property groups the ids of the directory groups that give it
 * @property held the role that they would have, or lose, and why that waits; null: nothing waits
 */
export interface ChosenRole {
  key: string | null;
  groups: readonly string[];
  held: { role: MemberRole; after: string | null; reason: RoleReason } | null;
}

/** A member as far as roles go. */
export interface RoleHolder {
  status: MemberStatus;
  /** The key of the role in the product. */
  role: string | null;
  /** The ids of the directory groups that give it. */
  roleGroups: readonly string[];
}

/**
 * What of the roles of a workspace a plan goes by.
 *
 * @property roles by key
 * @property isReviewed an admin has seen what happens: privileged roles may be gained
 * @property mayLeaveGains a role that somebody gains may be left to a run: nobody loses theirs for that reason
 */
export interface RoleRules {
  roles: ReadonlyMap<string, MemberRole>;
  isReviewed: boolean;
  mayLeaveGains: boolean;
}

const none: ReadonlyMap<string, number> = new Map();

/**
 * Who has which of the roles that are counted, while a plan is made. So nobody becomes one too many, and somebody keeps a
 * privileged role, in whatever order people are decided about; those who come first are served first.
 */
export class RoleLedger {
  private readonly rules: RoleRules;
  private readonly counts: Map<string, number>;
  /** Members who have a role only if what was decided is not left to a run. */
  private readonly gains: Map<string, number>;

  /** @param counts active members with each role that is counted; {@link count} says it later */
  constructor(rules: RoleRules, counts: ReadonlyMap<string, number> = none, gains = none) {
    this.rules = rules;
    this.counts = new Map(counts);
    this.gains = new Map(gains);
  }

  /** The same, to be tried out: what is decided there has not happened here. */
  copy(): RoleLedger {
    return new RoleLedger(this.rules, this.counts, this.gains);
  }

  /** Says how many have each role by now. */
  count(counts: ReadonlyMap<string, number>): void {
    this.counts.clear();
    this.gains.clear();
    for (const [key, members] of counts) this.counts.set(key, members);
  }

  /** Whether the decision about these people depends on who else has a role. */
  dependsOnCounts(member: RoleHolder | null, wish: RoleWish | null): boolean {
    const current = this.currentOf(member);
    const [first] = wish?.candidates ?? [];
    if (wish !== null && !wish.keeps && first !== undefined && first.role.key === current?.key) return false;
    const roles = [
      ...(current === null ? [] : [current]),
      ...(wish?.candidates ?? []).map(({ role }) => role),
    ];
    return roles.some(isCounted);
  }

  /**
   * The highest role that they would have and may have now. Who is the last with a privileged role keeps it.
   *
   * @param member who they are by now; null: nobody yet
   */
  choose(member: RoleHolder | null, wish: RoleWish): ChosenRole {
    const current = this.currentOf(member);
    let held: ChosenRole['held'] = null;
    let chosen: RoleCandidate | null = null;
    for (const candidate of this.candidatesOf(member, wish)) {
      const reason = this.obstacleTo(candidate.role, current);
      if (reason === null) {
        chosen = candidate;
        break;
      }
      held ??= { role: candidate.role, after: candidate.role.key, reason };
    }
    const key = chosen?.role.key ?? null;
    if (current !== null && current.key !== key && chosen?.role.privileged !== true && this.isLast(current)) {
      const reason: RoleReason = { code: 'last-admin', params: { role: current.name } };
      return {
        key: current.key,
        groups: member?.roleGroups ?? [],
        held: { role: current, after: key, reason },
      };
    }
    return { key, groups: chosen?.groups ?? [], held };
  }

  /**
   * Whether a member would come back to a role that they may not have any more: as many have it as may, or the product has
   * it no longer.
   */
  lacksPlace(before: RoleHolder | null, after: RoleHolder): boolean {
    if (after.status !== 'active' || after.role === null) return false;
    const role = this.rules.roles.get(after.role);
    if (role === undefined) return before?.status !== 'active' || before.role !== after.role;
    return this.obstacleTo(role, this.currentOf(before)) !== null;
  }

  /** Whether nobody with a privileged role would be left without this member. */
  isLastPrivileged(member: RoleHolder | null): boolean {
    const current = this.currentOf(member);
    return current !== null && this.isLast(current);
  }

  /** Whether the last with a privileged role would have none any more. */
  losesLast(before: RoleHolder | null, after: RoleHolder): boolean {
    return this.isLastPrivileged(before) && this.currentOf(after)?.privileged !== true;
  }

  /** The name of the role that a member has and may not lose; its key when it is declared no more. */
  nameOf(key: string | null): MemberRole['name'] {
    const known = key === null ? undefined : this.rules.roles.get(key)?.name;
    return known ?? { en: key ?? '–', de: key ?? '–' };
  }

  /** A member changes: what they had is free, what they have is taken. */
  note(before: RoleHolder | null, after: RoleHolder): void {
    const had = this.currentOf(before);
    const has = this.currentOf(after);
    if (had?.key === has?.key) return;
    add(this.counts, had, -1);
    add(this.rules.mayLeaveGains ? this.gains : this.counts, has, 1);
  }

  private candidatesOf(member: RoleHolder | null, { keeps, candidates }: RoleWish): readonly RoleCandidate[] {
    const role =
      keeps && member !== null && member.role !== null ? this.rules.roles.get(member.role) : undefined;
    if (role === undefined) return candidates;
    return [{ role, groups: member?.roleGroups ?? [] }, ...candidates];
  }

  private isLast({ privileged }: MemberRole): boolean {
    if (!privileged) return false;
    let members = 0;
    for (const role of this.rules.roles.values())
      if (role.privileged) members += this.counts.get(role.key) ?? 0;
    return members <= 1;
  }

  /** The role of somebody active. Who has left has none: coming back, they gain it as others do. */
  private currentOf(member: RoleHolder | null): MemberRole | null {
    if (member === null || member.status !== 'active' || member.role === null) return null;
    return this.rules.roles.get(member.role) ?? null;
  }

  private obstacleTo(role: MemberRole, current: MemberRole | null): RoleReason | null {
    if (role.key === current?.key) return null;
    const isLess = current?.privileged === true && current.rank > role.rank;
    if (role.privileged && !isLess && !this.rules.isReviewed) {
      return { code: 'role-needs-review', params: { role: role.name } };
    }
    const { max } = role;
    if (max !== null && (this.counts.get(role.key) ?? 0) + (this.gains.get(role.key) ?? 0) >= max) {
      return { code: 'role-full', params: { role: role.name, max } };
    }
    return null;
  }
}

function add(counts: Map<string, number>, role: MemberRole | null, more: number): void {
  if (role !== null && isCounted(role)) counts.set(role.key, (counts.get(role.key) ?? 0) + more);
}

/** Whether a decision takes a role from somebody, or gives them a lower one. */
export function losesRole(
  roles: ReadonlyMap<string, MemberRole>,
  before: string | null,
  after: string | null,
): boolean {
  return rankOf(roles, after) < rankOf(roles, before);
}

function rankOf(roles: ReadonlyMap<string, MemberRole>, key: string | null): number {
  return key === null ? -1 : (roles.get(key)?.rank ?? -1);
}
