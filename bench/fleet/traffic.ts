import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import { atSteadyRate } from '../fair/steady.ts';
import type { BenchWorkspace } from '../sync/service.ts';

const [p50Share, p95Share, p99Share] = [0.5, 0.95, 0.99];
/** Of a hundred requests of an identity provider. The rest are GETs of somebody whose id it knows. */
const mix = { lookup: 20, patch: 30, create: 3, leave: 2 };
/** How often an open screen asks how things stand. */
const screenEveryMs = 5_000;

/** What a fleet sends, each workspace at its turn. */
export interface FleetLoad {
  workspaces: readonly BenchWorkspace[];
  /** People of each at the beginning. */
  people: number;
  requestsPerSecond: number;
  /** Admins who look at the settings screen meanwhile. */
  screens: number;
  forMs: number;
}

/** How that fared. */
export interface FleetFared {
  requests: number;
  perSecond: number;
  refused: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  screenP95Ms: number;
  leavers: Leaver[];
}

/** Somebody who was switched off, and when that was acknowledged. */
export interface Leaver {
  workspaceId: string;
  userId: string;
  at: number;
}

const isOpen = (begunAt: number, forMs: number) => performance.now() - begunAt < forMs;

/** Who has left already, over all parts of a benchmark: nobody leaves twice. */
export class Fleet {
  private created = 0;
  /** How many of each workspace. */
  private readonly left = new Map<string, number>();

  /** Sends requests at a steady rate, whether earlier ones were answered or not. */
  async send(load: FleetLoad): Promise<FleetFared> {
    const leavers: Leaver[] = [];
    const begunAt = performance.now();
    const screens = this.look(load, begunAt);
    const { times, refused } = await atSteadyRate(load, (workspace, n) =>
      this.ask(workspace, load.people, n, leavers),
    );
    const at = (share: number) => percentile(times, share);
    return {
      requests: times.length,
      perSecond: (times.length * 1_000) / (performance.now() - begunAt),
      refused,
      p50Ms: at(p50Share),
      p95Ms: at(p95Share),
      p99Ms: at(p99Share),
      screenP95Ms: percentile((await screens).flat(), p95Share),
      leavers,
    };
  }

  /** What Entra ID sends in incremental cycles: look-ups, GETs by the id that it knows, PATCHes; some join, some leave. */
  private async ask({ id, scim }: BenchWorkspace, people: number, n: number, leavers: Leaver[]) {
    const kind = (n * 37) % 100;
    const number = 1 + ((n * 31) % people);
    const path = `/Users/${userId(number)}`;
    if (kind < mix.lookup)
      await scim('GET', `/Users?filter=userName%20eq%20%22person${number}%40example.com%22`);
    else if (kind < mix.lookup + mix.patch) await scim('PATCH', path, replacing('title', `Title ${n}`));
    else if (kind < mix.lookup + mix.patch + mix.create)
      await scim('POST', '/Users', joiner((this.created += 1)));
    else if (kind < mix.lookup + mix.patch + mix.create + mix.leave && this.mayLeave(id, people)) {
      // From the end of the company on.
      const leaver = userId(people + 1 - this.left.get(id)!);
      await scim('PATCH', `/Users/${leaver}`, replacing('active', false));
      leavers.push({ workspaceId: id, userId: leaver, at: Date.now() });
    } else await scim('GET', path);
  }

  /** Not more than the removal guard lets pass. */
  private mayLeave(workspaceId: string, people: number): boolean {
    const left = (this.left.get(workspaceId) ?? 0) + 1;
    if (left > people / 10) return false;
    this.left.set(workspaceId, left);
    return true;
  }

  private look({ workspaces, screens, forMs }: FleetLoad, begunAt: number): Promise<number[][]> {
    return Promise.all(
      workspaces.slice(0, screens).map(async ({ admin }, at) => {
        const times: number[] = [];
        await sleep((at * screenEveryMs) / Math.max(1, screens));
        while (isOpen(begunAt, forMs)) {
          const askedAt = performance.now();
          await Promise.all([admin('GET', '/api/user-provisioning'), admin('GET', '/api/sync-preview')]);
          times.push(performance.now() - askedAt);
          await sleep(screenEveryMs);
        }
        return times;
      }),
    );
  }
}

/** The id that `seedDirectory` gives the person with this number. */
export function userId(number: number): string {
  return `01930000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

function replacing(path: string, value: unknown): object {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path, value }],
  };
}

/** Somebody who joins, as an identity provider creates them. */
export function joiner(number: number): object {
  const name = `joiner${number}@example.com`;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: name,
    externalId: `joiner-${number}`,
    active: true,
    name: { givenName: 'Joiner', familyName: `Number ${number}` },
    emails: [{ type: 'work', primary: true, value: name }],
  };
}
