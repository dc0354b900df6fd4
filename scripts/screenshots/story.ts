import { setTimeout as sleep } from 'node:timers/promises';
import { company } from '../../simulator/company.ts';
import { EntraClient } from '../../simulator/entra.ts';
import { nextDay } from '../../simulator/next-day.ts';

const people = 300;
const groups = 12;
const pollMs = 300;

interface Rule {
  source: unknown;
  transforms: { name: string; args: unknown[] }[];
  target: { field?: string };
  when: string;
}

/** What happens in the pictured workspace, through the service's own HTTP API. */
export class Story {
  private readonly url: string;
  private readonly session: string;
  private readonly token: string;

  /** @param session the admin's @param token the identity provider's */
  constructor(url: string, session: string, token: string) {
    this.url = url;
    this.session = session;
    this.token = token;
  }

  /** The test of the connection, with a token that was not copied whole. */
  async testWithPieceOfToken(): Promise<void> {
    await fetch(`${this.url}/scim/v2/Users?filter=userName+eq+%22none%22`, {
      headers: { authorization: `Bearer ${this.token.slice(0, 41)}` },
    });
  }

  /** A first day that was synchronized, and the morning after, which waits with a conflict among its changes. */
  async untilTheMorningAfter(): Promise<void> {
    const entra = new EntraClient({ baseUrl: `${this.url}/scim/v2`, token: this.token });
    const monday = company(1, people, groups);
    await entra.testConnection();
    await entra.initialCycle(monday, () => undefined);
    await this.synchronize();
    await this.improveMapping();
    await this.api('PATCH', 'user-provisioning/settings', {
      leavers: 'next_sync',
      removalGuard: { percent: 1, atLeast: 3 },
    });
    await entra.incrementalCycle(monday, nextDay(monday).company, () => undefined);
    const [taken] = monday.people;
    await this.send('POST', 'scim/v2/Users', this.token, {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'second.account@nordlicht.example',
      externalId: 'b3f1c8a2-5d0e-4c47-9a31-7f2e6d1b9c55',
      displayName: 'Second Account',
      active: true,
      emails: [{ type: 'work', primary: true, value: taken?.mail ?? taken?.userPrincipalName }],
    });
  }

  /** Synchronizes what waits; answers with the run's id when it is over. */
  async synchronize(): Promise<string> {
    const { id } = await this.api<{ id: string }>('POST', 'sync-runs', {});
    for (;;) {
      const { state } = await this.api<{ state: string }>('GET', `sync-runs/${id}`);
      if (state !== 'queued' && state !== 'running') return id;
      await sleep(pollMs);
    }
  }

  /** Two versions of the mapping after the built-in one. */
  private async improveMapping(): Promise<void> {
    const steps = [
      { name: 'trim', args: [] },
      { name: 'default', args: ['Team member'] },
    ];
    for (const count of [1, 2]) {
      const { version, rules } = await this.api<{ version: number; rules: Rule[] }>(
        'GET',
        'attribute-mapping',
      );
      const next = rules.map((rule) =>
        rule.target.field === 'jobTitle' ? { ...rule, transforms: steps.slice(0, count) } : rule,
      );
      await this.api('PUT', 'attribute-mapping', { version, rules: next });
    }
  }

  api<T>(method: string, path: string, body?: object): Promise<T> {
    return this.send(method, `api/${path}`, this.session, body) as Promise<T>;
  }

  private async send(method: string, path: string, bearer: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
