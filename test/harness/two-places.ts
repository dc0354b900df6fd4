import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { compileCache } from './compile-cache.ts';
import { cloneDatabase } from './database.ts';
import { pg } from './one-query-at-a-time.ts';
import { type Service, startService } from './service.ts';
import { synchronize } from './synchronize.ts';
import { givenWorkspace, type TestWorkspace } from './workspace.ts';

const root = join(import.meta.dirname, '../..');
/** Between two people that one client writes: the program that moves them needs the processors, too. */
export const writersPauseMs = 50;
export const peopleAtFirst = 40;
export const scimType = 'application/scim+json';

/** What the program said, and how it ended. */
export interface Said {
  code: number | null;
  text: string;
}

/** Starts one of the programs of `scripts/`. @param heard called with everything that it has said so far */
export function run(
  script: string,
  args: string[],
  heard: (text: string, program: ChildProcess) => void = () => undefined,
  environment: Record<string, string> = {},
): Promise<Said> {
  const program = spawn(process.execPath, [`scripts/${script}`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...compileCache(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    heard(text, program);
  };
  program.stdout.on('data', hear);
  program.stderr.on('data', hear);
  return new Promise((resolve) => program.once('close', (code) => resolve({ code, text })));
}

/** Sends one statement on a connection of its own. */
export async function query<Row extends object>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A new database as another installation has it: with a key of its own for cursors. */
export async function otherDatabase(): Promise<string> {
  const { url } = await cloneDatabase();
  await query(url, `UPDATE cursor_key SET key = sha256(random()::text::bytea)`);
  // They guard what the service writes: a move brings several versions of a member at once.
  await query(url, 'DROP TRIGGER guard_member ON member');
  await query(url, 'DROP TRIGGER guard_membership ON member_group_member');
  return url;
}

/** Somebody as an identity provider sends them. */
export const person = (name: string) => ({
  userName: `${name}@example.com`,
  name: { givenName: 'Ada', familyName: name },
  emails: [{ value: `${name}@example.com`, primary: true }],
});

/** What a client was refused with. */
interface Refused {
  status: number;
  type: string | null;
  retryAfter: string | null;
  body: string;
}

/** Two installations, each with a service, and a workspace with people at the first, which is new for each test. */
export class TwoPlaces {
  declare from: Service;
  declare to: Service;
  declare workspace: TestWorkspace;

  constructor() {
    beforeAll(async () => {
      this.from = await startService();
      this.to = await startService({ databaseUrl: await otherDatabase() });
    });
    beforeEach(async () => {
      // Made by requests each time: the audit log of a copy is no chain.
      this.workspace = await givenWorkspace({ ...this.from, copies: null });
      const made = await Promise.all(
        Array.from({ length: peopleAtFirst }, (_, at) =>
          this.workspace.scim.post('/Users', person(`first-${at}`)).expect(201),
        ),
      );
      const members = made.slice(0, 5).map(({ body }) => ({ value: body.id }));
      await this.workspace.scim.post('/Groups', { displayName: 'Everybody', members }).expect(201);
      await synchronize(this.workspace.admin);
    });
    afterAll(() => Promise.all([this.from.stop(), this.to.stop()]));
  }

  /** What the program is called with. */
  get args(): string[] {
    return ['--from', this.from.databaseUrl, '--to', this.to.databaseUrl, '--workspace', this.workspace.id];
  }

  move(heard?: Parameters<typeof run>[2]): Promise<Said> {
    return run('workspace-move.ts', [...this.args, '--moved-to', this.to.url, '--yes'], heard);
  }

  /** A request of the identity provider, with the token that the first place gave out. */
  scimAt(service: Service, path: string, method = 'GET', body?: object): Promise<Response> {
    return fetch(`${service.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${this.workspace.token}`, 'content-type': scimType },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** How many users a place answers with, or the status of its refusal. */
  async countAt(service: Service): Promise<number> {
    const answer = await this.scimAt(service, '/Users?count=0');
    const body = (await answer.json()) as { totalResults: number };
    return answer.status === 200 ? body.totalResults : answer.status;
  }

  async rowsIn(service: Service, table: string): Promise<number> {
    const counted = `SELECT count(*)::int AS n FROM ${table} WHERE workspace_id = $1`;
    return (await query<{ n: number }>(service.databaseUrl, counted, [this.workspace.id]))[0]?.n ?? 0;
  }

  /** Creates, changes and deletes at the first place until it is told to stop, and says what was acknowledged. */
  write(isOver: () => boolean) {
    const there = new Map<string, string>();
    const gone: string[] = [];
    const refused: Refused[] = [];
    const work = async (client: number) => {
      for (let at = 0; !isOver(); at += 1) {
        const made = await this.scimAt(this.from, '/Users', 'POST', person(`late-${client}-${at}`));
        if (made.status !== 201) {
          refused.push({
            status: made.status,
            type: made.headers.get('content-type'),
            retryAfter: made.headers.get('retry-after'),
            body: await made.text(),
          });
          await sleep(50);
          continue;
        }
        const { id } = (await made.json()) as { id: string };
        there.set(id, '');
        const changed = await this.scimAt(this.from, `/Users/${id}`, 'PATCH', titled(`t-${at}`));
        if (changed.status === 200) there.set(id, `t-${at}`);
        await sleep(writersPauseMs);
        if (at % 3 > 0) continue;
        if ((await this.scimAt(this.from, `/Users/${id}`, 'DELETE')).status !== 204) continue;
        there.delete(id);
        gone.push(id);
      }
    };
    return { there, gone, refused, done: Promise.all([1, 2, 3].map(work)) };
  }
}

const titled = (title: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'title', value: title }],
});
