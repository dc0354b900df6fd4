import { managerHasFailed, managerTarget } from '../../attribute-mapping/mapping/map-attributes.ts';
import { memberName } from '../../member-directory/fields/member-name.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { decide, type Decision, hold, holdBack, refuse } from '../decision/decide.ts';
import type { LoadedPeople } from './load-people.ts';
import { type ManagerChains, withManagerCircles } from './manager-chains.ts';
import {
  type EmailHolder,
  type ManagerReference,
  type MemberState,
  type Person,
} from '../decision/person.ts';
import type { Reason } from '../decision/reason.ts';
import { withLostRole } from '../decision/decide-role.ts';
import { losesRole, type RoleLedger } from '../decision/roles.ts';
import { awaitSeat, type FreeSeats, SeatLedger, takesSeat } from '../decision/seats.ts';
import type { Refusal } from '../decision/refusals.ts';
import type { RemovalBudget } from '../policy/removal-guard.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';

/**
 * What earlier steps of a plan will have done by the time a later one is applied. A run writes a step while it plans the
 * next one, which was read before; the preview writes nothing.
 *
 * @property claimed addresses that people of the plan take, by folded address
 * @property freed members that give their address away
 * @property memberIds which member each directory user will have
 * @property managers the managers that members will have
 * @property budget removals that are used and allowed
 * @property roles who has roles that are counted; null: roles are left alone
 * @property seats the seats that are free; null: as many as are needed
 * @property refusals people whose changes the database refuses to write
 */
export interface PlanMemory {
  claimed: Map<string, EmailHolder>;
  freed: Set<string>;
  memberIds: Map<string, string>;
  managers: ManagerChains;
  budget: RemovalBudget;
  seats: SeatLedger | null;
  roles: RoleLedger | null;
  refusals: ReadonlyMap<string, Refusal>;
}

/** A plan that has not begun. */
export function newPlan(
  budget: RemovalBudget,
  refusals: ReadonlyMap<string, Refusal> = new Map(),
  seats: FreeSeats | null = null,
  roles: RoleLedger | null = null,
): PlanMemory {
  return {
    claimed: new Map(),
    freed: new Set(),
    memberIds: new Map(),
    managers: new Map(),
    budget: { ...budget },
    seats: seats && new SeatLedger(seats),
    roles,
    refusals,
  };
}

/**
 * Decides about everybody in a batch, in the order of their ids. Two people may exchange their addresses: everybody in
 * the batch is first assumed to give up their address, and the decisions are repeated without those who do not.
 *
 * An example: Ada becomes `grace@`, which Grace has, and Grace becomes `g.hopper@`. The first pass assumes that `grace@` is free,
 * relies on that for Ada, and sees Grace give it up: done. If Grace is in a conflict and keeps the address, the second pass no
 * longer assumes it, and Ada is in a conflict, too.
 *
 * @param plan what earlier batches did; this batch is added to it
 * @returns a decision per person, in the same order
 */
export function planBatch(loaded: LoadedPeople, policy: SyncPolicy, plan: PlanMemory, now: Date): Decision[] {
  let assumedFree = new Set(loaded.people.flatMap(({ member }) => member?.id ?? []));
  for (;;) {
    const pass = new Pass(loaded, policy, plan, now, assumedFree);
    let decisions = pass.decideAll();
    const freed = freedBy(loaded.people, decisions);
    if ([...pass.reliedOn].some((memberId) => !freed.has(memberId))) {
      assumedFree = new Set([...assumedFree].filter((memberId) => freed.has(memberId)));
      continue;
    }
    if (pass.needsManagers) {
      const again = new Pass(loaded, policy, plan, now, assumedFree, memberIdsOf(decisions));
      decisions = again.decideAll();
      remember(plan, again, freed, decisions);
    } else remember(plan, pass, freed, decisions);
    return withManagerCircles(
      loaded.people,
      decisions,
      loaded.chains,
      plan.managers,
      (reference) => loaded.managers.get(reference)?.directoryUserId ?? null,
      (directoryUserId) => plan.memberIds.get(directoryUserId),
    );
  }
}

function remember(plan: PlanMemory, pass: Pass, freed: Set<string>, decisions: readonly Decision[]): void {
  for (const [key, holder] of pass.claimed) plan.claimed.set(key, holder);
  for (const memberId of freed) plan.freed.add(memberId);
  for (const [directoryUserId, memberId] of memberIdsOf(decisions))
    plan.memberIds.set(directoryUserId, memberId);
  plan.budget.used = pass.removalsUsed;
  plan.seats = pass.seats;
  plan.roles = pass.roles;
}

/** Members that no longer hold their address once these decisions are applied. */
function freedBy(people: readonly Person[], decisions: readonly Decision[]): Set<string> {
  const freed = new Set<string>();
  people.forEach(({ member }, at) => {
    const after = decisions[at]?.member;
    if (member !== null && after?.id === member.id) {
      if (after.emailKey !== member.emailKey || after.status === 'removed') freed.add(member.id);
    }
  });
  return freed;
}

function memberIdsOf(decisions: readonly Decision[]): Map<string, string> {
  return new Map(
    decisions.flatMap(({ directoryUserId, link }) =>
      link?.memberId ? [[directoryUserId, link.memberId]] : [],
    ),
  );
}

/** One pass through the batch, under one assumption about who gives up their address. */
class Pass {
  /** Who has an address after this pass, by the folded address. */
  readonly claimed = new Map<string, EmailHolder>();
  /** Members whose address a decision of this pass counts as free. */
  readonly reliedOn = new Set<string>();
  removalsUsed: number;
  readonly seats: SeatLedger | null;
  readonly roles: RoleLedger | null;
  needsManagers = false;
  private readonly loaded: LoadedPeople;
  private readonly policy: SyncPolicy;
  private readonly plan: PlanMemory;
  private readonly now: Date;
  private readonly assumedFree: ReadonlySet<string>;
  private readonly memberIds: ReadonlyMap<string, string>;
  private readonly ids: ReadonlySet<string>;

  constructor(
    loaded: LoadedPeople,
    policy: SyncPolicy,
    plan: PlanMemory,
    now: Date,
    assumedFree: ReadonlySet<string>,
    memberIds: ReadonlyMap<string, string> = new Map(),
  ) {
    this.loaded = loaded;
    this.policy = policy;
    this.plan = plan;
    this.now = now;
    this.assumedFree = assumedFree;
    this.memberIds = memberIds;
    this.removalsUsed = plan.budget.used;
    this.seats = plan.seats?.copy() ?? null;
    this.roles = plan.roles?.copy() ?? null;
    this.ids = new Set(loaded.people.map(({ directoryUserId }) => directoryUserId));
  }

  decideAll(): Decision[] {
    return this.loaded.people.map((person) => this.decideOne(person));
  }

  private decideOne(person: Person): Decision {
    const email = person.mapped?.fields.email;
    const key = typeof email === 'string' ? foldCase(email) : null;
    const manager = this.managerOf(person);
    const known = {
      ...person,
      emailHolder: key === null ? null : this.holderOf(key, person),
      ...(isOneself(manager, person) ? withoutOwnManager(person) : { manager }),
      references: this.referencesOf(person),
      roleFor: this.roleOf(person),
    };
    const decision = withLostRole(known, decide(known, this.policy.settings, this.now), this.isLoss);
    const refusal = this.plan.refusals.get(person.directoryUserId);
    if (refusal !== undefined) return refuse(known, decision, refusal);
    if (decision.removal && this.roles?.isLastPrivileged(person.member)) {
      return holdBack(decision, lastAdmin(this.roles, person, decision.kind));
    }
    if (decision.removal && this.removalsUsed >= this.plan.budget.allowed) {
      return hold(decision, { used: this.removalsUsed, allowed: this.plan.budget.allowed });
    }
    if (decision.removal) this.removalsUsed += 1;
    const seated = this.seat(known, decision);
    if (seated !== decision) return seated;
    this.noteRole(known, decision.member);
    if (decision.member !== null && decision.member.status !== 'removed') this.claim(decision, person);
    return decision;
  }

  private readonly isLoss = (before: string | null, after: string | null): boolean =>
    this.policy.roles !== null && losesRole(this.policy.roles.roles, before, after);

  /** The role that they may have now. */
  private roleOf({ roleWish }: Person): Person['roleFor'] {
    const { roles } = this;
    if (roles === null || roleWish === null) return null;
    return (member) => roles.choose(member, roleWish);
  }

  /** What they have is taken, and what the member had before is free. */
  private noteRole({ member, returners, emailHolder }: Person, after: MemberState | null): void {
    if (this.roles === null || after === null) return;
    const known = [member, ...returners, emailHolder?.adoptable ?? null];
    this.roles.note(known.find((one) => one?.id === after.id) ?? null, after);
  }

  /** The decision as it is, or, where it needs a seat and none is left, the waiting for one. */
  private seat(person: Person, decision: Decision): Decision {
    if (this.seats === null) return decision;
    const { directoryUserId } = person;
    if (decision.removal) this.seats.takeBack();
    if (!takesSeat(decision)) this.seats.pass(directoryUserId);
    else if (!this.seats.give(directoryUserId)) return awaitSeat(person, decision, this.seats.limit);
    return decision;
  }

  private claim({ member, directoryUserId, name }: Decision, { directoryUser }: Person): void {
    if (member === null) return;
    const mayBeLinked = directoryUser?.active !== true;
    const holder = { memberId: member.id, directoryUserId, name, adoptable: null, mayBeLinked };
    this.claimed.set(member.emailKey, holder);
  }

  private holderOf(key: string, person: Person): EmailHolder | null {
    const claimed = this.claimed.get(key) ?? this.plan.claimed.get(key);
    if (claimed !== undefined && claimed.directoryUserId !== person.directoryUserId) return claimed;
    const stored = this.loaded.holders.get(key);
    if (stored === undefined || this.plan.freed.has(stored.member.id)) return null;
    const { member, directoryUserId, alive } = stored;
    if (member.id === person.member?.id) return null;
    if (this.assumedFree.has(member.id)) {
      this.reliedOn.add(member.id);
      return null;
    }
    return {
      memberId: member.id,
      directoryUserId,
      name: memberName(member),
      adoptable: directoryUserId === null && member.source !== 'provisioning' ? member : null,
      mayBeLinked: !alive,
    };
  }

  private managerOf({ mapped }: Person): ManagerReference {
    if (mapped === null || !this.policy.mapsManager || managerHasFailed(mapped)) return { kind: 'unmapped' };
    return this.whomNames(mapped.manager);
  }

  private referencesOf({ mapped }: Person): Record<string, ManagerReference> {
    const named = Object.entries(mapped?.references ?? {});
    return Object.fromEntries(named.map(([key, reference]) => [key, this.whomNames(reference)]));
  }

  private whomNames(reference: string | null): ManagerReference {
    if (reference === null) return { kind: 'none' };
    const stored = this.loaded.managers.get(reference);
    if (stored === undefined) return { kind: 'pending', reference };
    const memberId =
      stored.memberId ??
      this.plan.memberIds.get(stored.directoryUserId) ??
      this.memberIds.get(stored.directoryUserId);
    const { directoryUserId } = stored;
    if (memberId !== undefined && memberId !== null) return { kind: 'member', memberId, directoryUserId };
    if (this.ids.has(stored.directoryUserId)) this.needsManagers = true;
    return { kind: 'pending', reference, directoryUserId };
  }
}

function isOneself(manager: ManagerReference, { directoryUserId, member }: Person): boolean {
  if (manager.kind === 'member' && manager.memberId === member?.id) return true;
  return 'directoryUserId' in manager && manager.directoryUserId === directoryUserId;
}

/** Nobody is their own manager: the reference is ignored and reported. */
function withoutOwnManager({ mapped }: Person): Pick<Person, 'manager' | 'mapped'> {
  if (mapped === null) return { manager: { kind: 'none' }, mapped };
  const problem = { target: managerTarget, code: 'own-manager', params: { value: mapped.manager } };
  return { manager: { kind: 'none' }, mapped: { ...mapped, problems: [...mapped.problems, problem] } };
}

function lastAdmin(roles: RoleLedger, { member }: Person, kind: Decision['kind']): Reason {
  const role = roles.nameOf(member?.role ?? null);
  return { code: 'last-admin', params: { role, kind } };
}
