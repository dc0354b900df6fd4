import type { Company, DirectoryGroup, Person } from './company.ts';
import { type ConnectionTest, listComplaint } from './connection-test.ts';
import { Cycle, type OnProgress } from './cycle.ts';
import { type CycleReport, RequestLog } from './cycle-report.ts';
import { fieldOf } from './entra-mapping.ts';
import { addMembers, deactivation, oktaGroup, oktaUser, removeMembers, renaming } from './okta-messages.ts';
import { oktaManner, ScimConnection } from './scim-connection.ts';

/** How a simulated Okta is set up. */
export interface OktaOptions {
  /** SCIM connector base URL, such as `http://127.0.0.1:3000/scim/v2`. */
  baseUrl: string;
  /** The API token. */
  token: string;
  /** Requests at the same time; 8 unless told. */
  concurrency?: number;
  /** Pause before the first repetition of a transient failure; 500 ms unless told. */
  retryDelayMs?: number;
  fetch?: typeof fetch;
}

const testPageSize = 2;
const listPageSize = 100;
/** How many members Okta adds in one request. */
const membersAddedMax = 100;

/**
 * An Okta app of the integration network with SCIM provisioning, as seen from the service it provisions to: people are
 * looked up by `userName`, profiles are replaced whole, groups are pushed.
 */
export class OktaClient {
  private readonly options: OktaOptions;
  private readonly ids = new Map<string, string>();

  constructor(options: OktaOptions) {
    this.options = options;
  }

  /** *Test API Credentials*: asks for the first page. */
  async testConnection(): Promise<ConnectionTest> {
    const query = { startIndex: '1', count: String(testPageSize) };
    const request = { method: 'GET', path: '/Users', query } as const;
    const complaint = await listComplaint(this.connection(new RequestLog()), request, testPageSize);
    return complaint === null
      ? { ok: true, detail: 'The app was verified successfully.' }
      : { ok: false, detail: complaint };
  }

  /** Assigns everybody who is active to the app, then pushes the groups with their members. */
  async initialCycle(company: Company, onProgress: OnProgress = () => {}): Promise<CycleReport> {
    const cycle = this.cycle(onProgress);
    const names = namesIn(company);
    const people = company.people.filter(isAssigned);
    return cycle.run(async () => {
      await cycle.forEach('users', people, nameOf, (person) => this.assign(cycle, person, names));
      await cycle.forEach('groups', company.groups, nameOf, (group) => this.push(cycle, group));
      await cycle.forEach('members', company.groups, nameOf, (group) =>
        this.pushMembers(cycle, group, names),
      );
    });
  }

  /** What changed between two states of the company: who came, whose profile changed, who left, and the groups. */
  async incrementalCycle(
    before: Company,
    after: Company,
    onProgress: OnProgress = () => {},
  ): Promise<CycleReport> {
    const cycle = this.cycle(onProgress);
    const [namesBefore, names] = [namesIn(before), namesIn(after)];
    const earlier = new Map(before.people.filter(isAssigned).map((person) => [person.objectId, person]));
    const people = after.people.filter(isAssigned);
    const staying = new Set(people.map(({ objectId }) => objectId));
    const changed = people.filter((person) => {
      const was = earlier.get(person.objectId);
      return was === undefined || profileOf(was, namesBefore) !== profileOf(person, names);
    });
    const leavers = [...earlier.values()].filter(({ objectId }) => !staying.has(objectId));
    const groupsBefore = new Map(before.groups.map((group) => [group.objectId, group]));
    return cycle.run(async () => {
      await cycle.forEach('users', changed, nameOf, (person) =>
        this.assign(cycle, person, names, earlier.get(person.objectId)),
      );
      await cycle.forEach('disabled users', leavers, nameOf, (person) => this.unassign(cycle, person));
      await cycle.forEach('groups', after.groups, nameOf, (group) =>
        this.rename(cycle, group, groupsBefore.get(group.objectId) ?? group),
      );
      await cycle.forEach('members', after.groups, nameOf, async (group) => {
        const was = groupsBefore.get(group.objectId)?.members ?? [];
        await this.pullMembers(cycle, group, was, earlier);
        const come = group.members.filter((id) => staying.has(id) && !(was.includes(id) && earlier.has(id)));
        for (const id of come) await this.idOf(cycle, earlier.get(id));
        await this.pushMembers(cycle, { ...group, members: come }, names);
      });
    });
  }

  private cycle(onProgress: OnProgress): Cycle {
    const log = new RequestLog();
    const { concurrency = 8, retryDelayMs = 500 } = this.options;
    const connection = this.connection(log);
    const pace = { concurrency, retryDelayMs };
    return new Cycle({ connection, log, dialect: 'default', ids: this.ids, pace }, onProgress);
  }

  /** @param was how the service knows this person, when the user name has changed */
  private async assign(
    cycle: Cycle,
    person: Person,
    names: ReadonlyMap<string, string>,
    was: Person = person,
  ): Promise<void> {
    const id = await this.idOf(cycle, was);
    if (id === null) {
      await cycle.create('/Users', person.objectId, oktaUser(person, managerOf(person, names)));
      cycle.report.users.created += 1;
      return;
    }
    const body = { ...oktaUser(person, managerOf(person, names)), id };
    await cycle.request({ method: 'PUT', path: `/Users/${id}`, body }, [200]);
    cycle.report.users[was === person ? 'matched' : 'updated'] += 1;
  }

  /** The id of a person in the service: remembered, or looked up by user name; null: they are not there. */
  private async idOf(cycle: Cycle, person: Person | undefined): Promise<string | null> {
    if (person === undefined) return null;
    const known = this.ids.get(person.objectId);
    if (known !== undefined) return known;
    const found = await cycle.find('/Users', {
      filter: `userName eq "${person.userPrincipalName}"`,
      startIndex: '1',
      count: String(listPageSize),
    });
    const id = fieldOf(found[0], 'id');
    if (typeof id !== 'string') return null;
    this.ids.set(person.objectId, id);
    return id;
  }

  private async unassign(cycle: Cycle, person: Person): Promise<void> {
    const id = await this.idOf(cycle, person);
    if (id === null) return;
    await cycle.patch(`/Users/${id}`, deactivation);
    cycle.report.users.disabled += 1;
  }

  private async rename(cycle: Cycle, group: DirectoryGroup, was: DirectoryGroup): Promise<void> {
    await this.push(cycle, was);
    const id = this.ids.get(group.objectId);
    if (id === undefined || group.displayName === was.displayName) return;
    await cycle.patch(`/Groups/${id}`, renaming(id, group.displayName));
    cycle.report.groups.updated += 1;
  }

  /** Takes out of a group who was in it and is not any more, or is no longer assigned. */
  private async pullMembers(
    cycle: Cycle,
    group: DirectoryGroup,
    was: readonly string[],
    earlier: ReadonlyMap<string, Person>,
  ): Promise<void> {
    const id = this.ids.get(group.objectId);
    const gone: string[] = [];
    for (const objectId of was) {
      if (group.members.includes(objectId)) continue;
      const member = await this.idOf(cycle, earlier.get(objectId));
      if (member !== null) gone.push(member);
    }
    if (id === undefined || gone.length === 0) return;
    await cycle.patch(`/Groups/${id}`, removeMembers(gone));
    cycle.report.groups.membersRemoved += gone.length;
  }

  private async push(cycle: Cycle, group: DirectoryGroup): Promise<void> {
    const [found] = await cycle.find('/Groups', { filter: `displayName eq "${group.displayName}"` });
    const id = fieldOf(found, 'id');
    if (typeof id === 'string') {
      this.ids.set(group.objectId, id);
      cycle.report.groups.matched += 1;
      return;
    }
    await cycle.create('/Groups', group.objectId, oktaGroup(group));
    cycle.report.groups.created += 1;
  }

  private async pushMembers(
    cycle: Cycle,
    group: DirectoryGroup,
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const id = this.ids.get(group.objectId);
    const members = group.members.flatMap((objectId) => {
      const value = this.ids.get(objectId);
      return value === undefined ? [] : [{ value, display: names.get(objectId) ?? null }];
    });
    if (id === undefined) return;
    for (let at = 0; at < members.length; at += membersAddedMax) {
      const added = members.slice(at, at + membersAddedMax);
      await cycle.patch(`/Groups/${id}`, addMembers(added));
      cycle.report.groups.membersAdded += added.length;
    }
  }

  private connection(log: RequestLog): ScimConnection {
    const { baseUrl, token, fetch: ownFetch } = this.options;
    return new ScimConnection(
      { baseUrl, token, flag: false, manner: oktaManner, fetch: ownFetch ?? fetch },
      log,
    );
  }
}

/** Disabled people are not assigned to the app. */
function isAssigned({ accountEnabled, softDeleted }: Person): boolean {
  return accountEnabled && !softDeleted;
}

function namesIn({ people }: Company): ReadonlyMap<string, string> {
  return new Map(people.map(({ objectId, displayName }) => [objectId, displayName]));
}

/** Okta sends a manager's name, and no reference to them. */
function managerOf({ managerId }: Person, names: ReadonlyMap<string, string>): string | null {
  return managerId === null ? null : (names.get(managerId) ?? null);
}

function profileOf(person: Person, names: ReadonlyMap<string, string>): string {
  return JSON.stringify(oktaUser(person, managerOf(person, names)));
}

function nameOf(subject: { displayName: string }): string {
  return subject.displayName;
}
