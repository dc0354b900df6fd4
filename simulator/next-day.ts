import {
  freeAddress,
  newPerson,
  randomRole,
  type Company,
  type DirectoryGroup,
  type Person,
} from './company.ts';
import { surnames } from './name-lists.ts';
import { SeededRandom } from './seeded-random.ts';
import { departments } from './workplace-lists.ts';

/** What happened between two days: for each kind of event one line per person or group concerned. */
export interface DayEvents {
  joiners: string[];
  movers: string[];
  renamed: string[];
  leavers: string[];
  /** Soft-deleted: disabled, with the object id before the user name. */
  tombstoned: string[];
  restored: string[];
  /** Deleted for good. */
  purged: string[];
  groupsRenamed: string[];
  groupMembersAdded: string[];
  groupMembersRemoved: string[];
}

/** The company one day later, and what happened. */
export interface NextDay {
  company: Company;
  events: DayEvents;
}

const joinerShare = 0.02;
const moverShare = 0.04;
const leaverShare = 0.02;
const purgeShare = 0.004;
const groupShare = 0.2;
/** One person, however large the company. */
const onePersonShare = 0;

/**
 * The day after: joiners, movers, leavers, a rename, a restore, a soft delete, deletions for good and group changes.
 * The same for the same company; the given one is left as it was. Managers stay a tree.
 */
export function nextDay(before: Company): NextDay {
  const day = before.day + 1;
  const tomorrow = new Tomorrow(
    structuredClone({ ...before, day }),
    new SeededRandom(before.seed + day * 7919),
  );
  tomorrow.happen();
  return { company: tomorrow.company, events: tomorrow.events };
}

/** The later state, except that the first person who left between the two states is back: a leaver by mistake. */
export function restoreLeaver(before: Company, after: Company): NextDay {
  const changed = structuredClone(after);
  const events = noEvents();
  const wasActive = new Set(
    before.people.filter((person) => person.accountEnabled).map((person) => person.objectId),
  );
  const back = changed.people.find(
    (person) => !person.accountEnabled && !person.softDeleted && wasActive.has(person.objectId),
  );
  if (back !== undefined) {
    back.accountEnabled = true;
    events.restored.push(back.displayName);
  }
  return { company: changed, events };
}

function noEvents(): DayEvents {
  return {
    joiners: [],
    movers: [],
    renamed: [],
    leavers: [],
    tombstoned: [],
    restored: [],
    purged: [],
    groupsRenamed: [],
    groupMembersAdded: [],
    groupMembersRemoved: [],
  };
}

/** One day in the making: changes its own copy of the company, step by step. */
class Tomorrow {
  readonly company: Company;
  readonly events = noEvents();
  private readonly random: SeededRandom;
  /** Active people that an event may change, in random order; each is taken by one event at most. */
  private readonly pool: Person[];
  private readonly size: number;

  constructor(company: Company, random: SeededRandom) {
    this.company = company;
    this.random = random;
    this.size = company.people.length;
    const active = company.people.filter((person) => person.accountEnabled && person.managerId !== null);
    const topId = company.people.find((person) => person.managerId === null)?.objectId;
    // Heads of department stay where they are, unless the company is so small that there is hardly anyone else.
    const others = active.filter((person) => person.managerId !== topId);
    const pool = others.length * 2 > active.length ? others : active;
    this.pool = random.sample(pool, pool.length);
  }

  happen(): void {
    this.purge();
    this.restore();
    this.leave();
    this.liftReports();
    this.rename();
    this.move();
    this.join();
    this.regroup();
  }

  private take(share: number): Person[] {
    return this.pool.splice(0, this.size < 5 ? 0 : Math.max(1, Math.round(this.size * share)));
  }

  /** The recycle bin is emptied, and a few are deleted at once. */
  private purge(): void {
    const gone = [...this.company.people.filter((person) => person.softDeleted), ...this.take(purgeShare)];
    const goneIds = new Set(gone.map((person) => person.objectId));
    this.events.purged.push(...gone.map((person) => person.displayName));
    for (const report of this.company.people) report.managerId = this.managerBeyond(report, goneIds);
    this.company.people = this.company.people.filter((person) => !goneIds.has(person.objectId));
    for (const group of this.company.groups) group.members = group.members.filter((id) => !goneIds.has(id));
  }

  private restore(): void {
    const absent = this.company.people.filter((person) => !person.accountEnabled && !person.softDeleted);
    for (const person of this.random.sample(absent, 1)) {
      person.accountEnabled = true;
      this.events.restored.push(person.displayName);
    }
  }

  private leave(): void {
    for (const person of this.take(leaverShare)) {
      person.accountEnabled = false;
      this.events.leavers.push(person.displayName);
    }
    for (const person of this.take(onePersonShare)) {
      this.events.tombstoned.push(person.displayName);
      person.accountEnabled = false;
      person.softDeleted = true;
      person.userPrincipalName = person.objectId.replaceAll('-', '') + person.userPrincipalName;
    }
  }

  /** People who reported to a leaver now report to the leaver's manager. */
  private liftReports(): void {
    const gone = new Set(
      this.company.people.filter((person) => !person.accountEnabled).map((person) => person.objectId),
    );
    for (const person of this.company.people) {
      if (person.accountEnabled) person.managerId = this.managerBeyond(person, gone);
    }
  }

  private managerBeyond(person: Person, gone: Set<string>): string | null {
    let managerId = person.managerId;
    while (managerId !== null && gone.has(managerId)) managerId = this.person(managerId)?.managerId ?? null;
    return managerId;
  }

  private person(objectId: string): Person | undefined {
    return this.company.people.find((person) => person.objectId === objectId);
  }

  /** A marriage: new surname, display name, address and user name at once. */
  private rename(): void {
    for (const person of this.take(onePersonShare)) {
      const old = `${person.displayName} <${person.userPrincipalName}>`;
      const other = surnames.filter((surname) => surname !== person.surname);
      person.surname = this.random.pick(other);
      person.displayName = `${person.givenName} ${person.surname}`;
      person.userPrincipalName = freeAddress(this.addresses(), person.givenName, person.surname);
      if (person.mail !== null) person.mail = person.userPrincipalName;
      this.events.renamed.push(`${old} → ${person.displayName} <${person.userPrincipalName}>`);
    }
  }

  private addresses(): Set<string> {
    return new Set(this.company.people.map((person) => person.userPrincipalName.toLowerCase()));
  }

  /** Promotions within a department, and changes of department with a new manager. */
  private move(): void {
    this.take(moverShare).forEach((person, index) => {
      const old = `${person.jobTitle ?? 'no title'}, ${person.department}`;
      if (index % 2 === 0) this.promote(person);
      else this.transfer(person);
      const now = `${person.jobTitle ?? 'no title'}, ${person.department}`;
      this.events.movers.push(`${person.displayName}: ${old} → ${now}`);
    });
  }

  private promote(person: Person): void {
    const title = `Senior ${person.jobTitle ?? 'Specialist'}`;
    person.jobTitle = title.replace(/^Senior (Senior|Staff) /, 'Principal ');
  }

  private transfer(person: Person): void {
    const { plan, title } = this.random.pick(
      departments
        .filter(({ name }) => name !== person.department)
        .map((plan) => ({ plan, title: plan.titles[0] })),
    );
    person.department = plan.name;
    person.jobTitle = title ?? person.jobTitle;
    person.managerId = this.managerFor(person)?.objectId ?? person.managerId;
  }

  /** An active colleague of the same department who does not report to this person, else the top. */
  private managerFor(person: Person): Person | undefined {
    const colleagues = this.company.people.filter(
      (other) =>
        other.accountEnabled && other.department === person.department && !this.reportsTo(other, person),
    );
    return colleagues[0] ?? this.company.people.find((other) => other.managerId === null);
  }

  private reportsTo(person: Person, boss: Person): boolean {
    let current: Person | undefined = person;
    while (current !== undefined && current !== boss) {
      current = current.managerId === null ? undefined : this.person(current.managerId);
    }
    return current === boss;
  }

  private join(): void {
    const taken = this.addresses();
    const count = this.size < 5 ? 0 : Math.max(1, Math.round(this.size * joinerShare));
    for (let index = 0; index < count; index += 1) {
      const person = newPerson(this.random, taken, randomRole(this.random));
      person.managerId = this.managerFor(person)?.objectId ?? null;
      this.company.people.push(person);
      this.events.joiners.push(`${person.displayName}, ${person.department}`);
    }
  }

  /** Department groups follow the departments; a few groups change at will, and one gets a new name. */
  private regroup(): void {
    const departmentNames = new Set(this.company.people.map((person) => person.department));
    const free: DirectoryGroup[] = [];
    for (const group of this.company.groups) {
      if (departmentNames.has(group.displayName)) this.followDepartment(group);
      else free.push(group);
    }
    const share = Math.ceil(free.length * groupShare);
    for (const group of this.random.sample(free, share)) this.changeMembers(group);
    for (const group of this.random.sample(free.length > 0 ? free : this.company.groups, 1)) {
      const old = group.displayName;
      group.displayName = `${old.replace(/ \d{4}$/, '')} ${2026 + this.company.day}`;
      this.events.groupsRenamed.push(`${old} → ${group.displayName}`);
    }
  }

  private followDepartment(group: DirectoryGroup): void {
    const members = this.company.people.filter((person) => person.department === group.displayName);
    this.setMembers(group, new Set(members.map((person) => person.objectId)));
  }

  private changeMembers(group: DirectoryGroup): void {
    const members = new Set(group.members);
    for (const id of this.random.sample(group.members, 1 + this.random.below(2))) members.delete(id);
    const outsiders = this.company.people.filter(
      (person) => person.accountEnabled && !group.members.includes(person.objectId),
    );
    for (const person of this.random.sample(outsiders, 1 + this.random.below(3)))
      members.add(person.objectId);
    this.setMembers(group, members);
  }

  private setMembers(group: DirectoryGroup, wanted: Set<string>): void {
    const had = new Set(group.members);
    const label = (id: string): string => `${this.person(id)?.displayName ?? id} (${group.displayName})`;
    this.events.groupMembersAdded.push(...[...wanted].filter((id) => !had.has(id)).map(label));
    this.events.groupMembersRemoved.push(...group.members.filter((id) => !wanted.has(id)).map(label));
    group.members = [...wanted];
  }
}
