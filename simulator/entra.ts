import { randomUUID } from 'node:crypto';
import type { Company, Person } from './company.ts';
import { type ConnectionTest, listComplaint } from './connection-test.ts';
import { Cycle, type OnProgress } from './cycle.ts';
import { RequestLog, type CycleReport } from './cycle-report.ts';
import type { Dialect } from './entra-messages.ts';
import { GroupProvisioning, membershipChanges } from './group-provisioning.ts';
import { ScimConnection, type ScimRequest } from './scim-connection.ts';
import { UserProvisioning } from './user-provisioning.ts';

/** How a simulated Entra ID is set up. */
export interface EntraOptions {
  /** Tenant URL, such as `http://127.0.0.1:3000/scim/v2`. */
  baseUrl: string;
  /** The API token, pasted bare. */
  token: string;
  dialect?: Dialect;
  /** Requests at the same time; 8 unless told. */
  concurrency?: number;
  /** Pause before the first repetition of a transient failure; 500 ms unless told. */
  retryDelayMs?: number;
  fetch?: typeof fetch;
}

/**
 * Microsoft Entra ID's provisioning service, as seen from the service it provisions to.
 * It remembers ids between cycles; a new instance asks for them again, as after *Restart provisioning*.
 */
export class EntraClient {
  private readonly options: EntraOptions;
  private readonly dialect: Dialect;
  private readonly ids = new Map<string, string>();

  constructor(options: EntraOptions) {
    this.options = options;
    this.dialect = options.dialect ?? 'default';
  }

  /** *Test Connection*: looks for a user and a group that cannot exist; each must be 200 and an empty list. */
  async testConnection(): Promise<ConnectionTest> {
    const connection = this.connection(new RequestLog());
    const probes: ScimRequest[] = [
      { method: 'GET', path: '/Users', query: { filter: `userName eq "${randomUUID()}"` } },
      {
        method: 'GET',
        path: '/Groups',
        query: { excludedAttributes: 'members', filter: `displayName eq "${randomUUID()}"` },
      },
    ];
    for (const probe of probes) {
      const complaint = await listComplaint(connection, probe, 0);
      if (complaint !== null) return { ok: false, detail: complaint };
    }
    return { ok: true, detail: 'The supplied credentials are authorized to enable provisioning.' };
  }

  /**
   * The initial cycle: match or create everyone, then managers, then groups (created empty), then members.
   * People on leave were active when the cycle began: they are created, then disabled.
   */
  async initialCycle(company: Company, onProgress: OnProgress = () => {}): Promise<CycleReport> {
    const cycle = this.cycle(onProgress);
    const users = new UserProvisioning(cycle);
    const groups = new GroupProvisioning(cycle);
    // The recycle bin is out of scope.
    const people = company.people.filter((person) => !person.softDeleted);
    return cycle.run(async () => {
      const onLeave = people.filter((person) => !person.accountEnabled);
      const enabled = people.filter((person) => person.accountEnabled);
      await cycle.forEach('users', enabled, nameOf, (person) => users.provision(person));
      await cycle.forEach('disabled users', onLeave, nameOf, (person) =>
        this.createDisabled(cycle, users, person),
      );
      await cycle.forEach('managers', people, nameOf, (person) => users.setManager(person, false));
      await cycle.forEach('groups', company.groups, nameOf, (group) => groups.provision(group));
      const additions = groups.additions(company.groups);
      await cycle.forEach(
        'members',
        additions,
        (change) => nameOf(change.group),
        (change) => groups.changeMembers(change),
      );
    });
  }

  private async createDisabled(cycle: Cycle, users: UserProvisioning, person: Person): Promise<void> {
    const id = await cycle.idOf('/Users', person.objectId);
    if (id === null) await users.provision({ ...person, accountEnabled: true });
    await users.update(person);
  }

  /** An incremental cycle: what changed between two states of the company, and nothing else. */
  async incrementalCycle(
    before: Company,
    after: Company,
    onProgress: OnProgress = () => {},
  ): Promise<CycleReport> {
    const cycle = this.cycle(onProgress);
    const users = new UserProvisioning(cycle);
    const groups = new GroupProvisioning(cycle);
    const earlier = new Map(before.people.map((person) => [person.objectId, person]));
    const staying = new Set(after.people.map((person) => person.objectId));
    const changed = after.people.filter((person) => differ(earlier.get(person.objectId), person));
    const remanaged = after.people.filter(
      (person) => earlier.get(person.objectId)?.managerId !== person.managerId,
    );
    const purged = before.people.filter((person) => !staying.has(person.objectId));
    return cycle.run(async () => {
      await cycle.forEach('users', [...purged, ...changed], nameOf, (person) =>
        staying.has(person.objectId)
          ? earlier.has(person.objectId)
            ? users.update(person)
            : users.provision(person)
          : users.purge(person),
      );
      await cycle.forEach('managers', remanaged, nameOf, (person) => users.setManager(person, true));
      await this.changeGroups(cycle, groups, before, after);
      const changes = membershipChanges(before.groups, after.groups, staying);
      await cycle.forEach(
        'members',
        changes,
        (change) => nameOf(change.group),
        (change) => groups.changeMembers(change),
      );
    });
  }

  private async changeGroups(
    cycle: Cycle,
    groups: GroupProvisioning,
    before: Company,
    after: Company,
  ): Promise<void> {
    const names = new Map(before.groups.map((group) => [group.objectId, group.displayName]));
    const staying = new Set(after.groups.map((group) => group.objectId));
    const changed = after.groups.filter((group) => names.get(group.objectId) !== group.displayName);
    const removed = before.groups.filter((group) => !staying.has(group.objectId));
    await cycle.forEach('groups', [...changed, ...removed], nameOf, (group) =>
      staying.has(group.objectId) ? groups.provision(group) : groups.remove(group),
    );
  }

  private cycle(onProgress: OnProgress): Cycle {
    const log = new RequestLog();
    const pace = {
      concurrency: this.options.concurrency ?? 8,
      retryDelayMs: this.options.retryDelayMs ?? 500,
    };
    return new Cycle(
      { connection: this.connection(log), log, dialect: this.dialect, ids: this.ids, pace },
      onProgress,
    );
  }

  private connection(log: RequestLog): ScimConnection {
    const { baseUrl, token, fetch: ownFetch } = this.options;
    return new ScimConnection(
      { baseUrl, token, flag: this.dialect === 'flag', fetch: ownFetch ?? fetch },
      log,
    );
  }
}

function nameOf(subject: { displayName: string }): string {
  return subject.displayName;
}

/** Anything but the manager, which has its own pass. */
function differ(before: Person | undefined, after: Person): boolean {
  return (
    before === undefined ||
    JSON.stringify({ ...before, managerId: null }) !== JSON.stringify({ ...after, managerId: null })
  );
}
