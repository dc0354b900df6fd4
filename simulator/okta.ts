import type { Company, DirectoryGroup, Person } from './company.ts';
import { type ConnectionTest, listComplaint } from './connection-test.ts';
import { Cycle, type OnProgress } from './cycle.ts';
import { type CycleReport, RequestLog } from './cycle-report.ts';
import { fieldOf } from './entra-mapping.ts';
import { addMembers, oktaGroup, oktaUser } from './okta-messages.ts';
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
    const log = new RequestLog();
    const { concurrency = 8, retryDelayMs = 500 } = this.options;
    const cycle = new Cycle(
      {
        connection: this.connection(log),
        log,
        dialect: 'default',
        ids: this.ids,
        pace: { concurrency, retryDelayMs },
      },
      onProgress,
    );
    const names = new Map(company.people.map((person) => [person.objectId, person.displayName]));
    const people = company.people.filter((person) => person.accountEnabled && !person.softDeleted);
    return cycle.run(async () => {
      await cycle.forEach('users', people, nameOf, (person) => this.assign(cycle, person, names));
      await cycle.forEach('groups', company.groups, nameOf, (group) => this.push(cycle, group));
      await cycle.forEach('members', company.groups, nameOf, (group) =>
        this.pushMembers(cycle, group, names),
      );
    });
  }

  private async assign(cycle: Cycle, person: Person, names: ReadonlyMap<string, string>): Promise<void> {
    const manager = person.managerId === null ? null : (names.get(person.managerId) ?? null);
    const found = await cycle.find('/Users', {
      filter: `userName eq "${person.userPrincipalName}"`,
      startIndex: '1',
      count: String(listPageSize),
    });
    const id = fieldOf(found[0], 'id');
    if (typeof id !== 'string') {
      await cycle.create('/Users', person.objectId, oktaUser(person, manager));
      cycle.report.users.created += 1;
      return;
    }
    this.ids.set(person.objectId, id);
    const body = { ...oktaUser(person, manager), id };
    await cycle.request({ method: 'PUT', path: `/Users/${id}`, body }, [200]);
    cycle.report.users.matched += 1;
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

function nameOf(subject: { displayName: string }): string {
  return subject.displayName;
}
