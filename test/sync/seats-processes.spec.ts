import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cloneDatabase, closeBeforeDrop } from '../harness/database.ts';
import { pg } from '../harness/one-query-at-a-time.ts';
import { plainHttp } from '../harness/plain-http.ts';
import { type ServiceProcess, startServiceProcess } from '../harness/process.ts';
import { allMembers, eventually, runEnded } from '../harness/synchronize.ts';
import { type Client, adminClient, givenWorkspace, operatorClient } from '../harness/workspace.ts';

jest.setTimeout(180_000);

const operatorToken = 'operator-token-of-the-tests';
const people = 60;
const limit = 40;
const addedByApi = 24;
const addressOf = (name: string) => `${name}@example.com`;

let databaseUrl: string;
let one: ServiceProcess;
let other: ServiceProcess;
let database: InstanceType<typeof pg.Client>;

const hostOf = ({ url }: ServiceProcess) => ({ http: plainHttp(url), config: { operatorToken } });

const startOnDatabase = () =>
  startServiceProcess({ DATABASE_URL: databaseUrl, OPERATOR_TOKEN: operatorToken });

beforeAll(async () => {
  ({ url: databaseUrl } = await cloneDatabase());
  one = await startOnDatabase();
  other = await startOnDatabase();
  database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  closeBeforeDrop(() => database.end());
});

afterAll(async () => {
  await Promise.all([one?.stop('SIGKILL'), other?.stop('SIGKILL')]);
});

/** A workspace with people in its directory, known to the admin of both processes. */
async function given() {
  const workspace = await givenWorkspace(hostOf(one));
  const here = workspace.admin;
  const there = adminClient(hostOf(other), workspace.adminToken);
  const operator = operatorClient(hostOf(other));
  const setSeats = (most: number) =>
    operator.patch(`/operator/workspaces/${workspace.id}`, { seats: { limit: most } });
  await setSeats(limit).expect(200);
  await Promise.all(
    Array.from({ length: people }, (_, at) =>
      workspace.scim
        .post('/Users', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: addressOf(`person-${at}`),
          emails: [{ type: 'work', primary: true, value: addressOf(`person-${at}`) }],
        })
        .expect(201),
    ),
  );
  return { id: workspace.id, here, there, operator, setSeats };
}

/** Counts again and again, each time in one moment, until it is told to stop: how many were active, and how many might be. */
function watchSeats(workspaceId: string): () => Promise<{ used: number; most: number }[]> {
  let isOver = false;
  const watching = (async () => {
    const seen: { used: number; most: number }[] = [];
    while (!isOver) {
      const { rows } = await database.query<{ used: number; most: number }>(
        `SELECT (SELECT count(*)::integer FROM member WHERE workspace_id = $1 AND status = 'active') AS used,
           seat_limit AS most FROM workspace WHERE id = $1`,
        [workspaceId],
      );
      seen.push(...rows);
    }
    return seen;
  })();
  return () => {
    isOver = true;
    return watching;
  };
}

/** Adds members by every door beside synchronization, all at once. @returns the addresses that were said to be members */
async function addByAllDoors(admin: Client, operator: Client, workspaceId: string): Promise<string[]> {
  const alone = Array.from({ length: addedByApi }, async (_, at) => {
    const email = addressOf(`api-${at}`);
    return wasAdded(await admin.post('/api/members', { email })) ? [email] : [];
  });
  const upserts = Array.from({ length: 8 }, async (_, at) => {
    const email = addressOf(`put-${at}`);
    const path = `/operator/workspaces/${workspaceId}/members/ext:put-${at}` as const;
    return wasAdded(await operator.put(path, { email })) ? [email] : [];
  });
  const files = [0, 1, 2].map(async (file) => {
    const emails = Array.from({ length: 5 }, (_, at) => addressOf(`file-${file}-${at}`));
    const { status } = await admin
      .post('/api/members/import')
      .set('Content-Type', 'text/csv')
      .send(`email\n${emails.join('\n')}\n`);
    expect([201, 409]).toContain(status);
    return status === 201 ? emails : [];
  });
  return (await Promise.all([...alone, ...upserts, ...files])).flat();
}

/** Whether somebody was added; otherwise there was no seat for them, and no other reason. */
function wasAdded({ status, body }: { status: number; body: unknown }): boolean {
  if (status === 201) return true;
  expect([status, (body as { type: string }).type]).toEqual([409, expect.stringMatching(/no-seat$/u)]);
  return false;
}

async function activeEmails(admin: Client): Promise<string[]> {
  return (await allMembers(admin, '&status=active')).map(({ email }) => email);
}

/** Everybody is a member, or waits for a seat and is shown to; nobody is both. */
async function nobodyIsLost(admin: Client, added: readonly string[]): Promise<void> {
  const active = await activeEmails(admin);
  expect(new Set(active).size).toBe(active.length);
  expect(added.filter((email) => !active.includes(email))).toEqual([]);
  const { body } = await admin.get('/api/sync-preview?kind=held&limit=200').expect(200);
  expect(new Set(body.items.map(({ reason }) => reason.code))).toEqual(new Set(['no-seat']));
  const waiting = body.items.map(({ name }) => name);
  const all = Array.from({ length: people }, (_, at) => addressOf(`person-${at}`));
  expect([...active.filter((email) => email.startsWith('person-')), ...waiting].sort()).toEqual(all.sort());
}

async function told(operator: Client, workspaceId: string): Promise<string[]> {
  const types = 'seats.exhausted,seats.freed';
  const { body } = await operator
    .get(`/operator/events?workspaceId=${workspaceId}&types=${types}`)
    .expect(200);
  return body.items.map(({ type }) => type);
}

describe('seats, with two processes on one database,', () => {
  it('are never passed by a run in one and by writes in the other; the waiting are held, and nobody is lost', async () => {
    const { id, here, there, operator, setSeats } = await given();
    const seenOf = watchSeats(id);
    const started = await here.post('/api/sync-runs', {}).expect(202);
    const [run, added, lowered] = await Promise.all([
      runEnded(here, started.body.id),
      addByAllDoors(there, operator, id),
      // Whichever comes first: fewer seats than members are refused, and fewer seats are not passed either.
      setSeats(limit - 10),
    ]);
    expect(run.state).toBe('succeeded');
    expect([200, 409]).toContain(lowered.status);
    const most = lowered.status === 200 ? limit - 10 : limit;
    await eventually(async () => ((await activeEmails(there)).length === most ? true : null));
    const seen = await seenOf();
    expect(seen.filter((moment) => moment.used > moment.most)).toEqual([]);
    // What was looked at is what went on: not only its end.
    expect(new Set(seen.map(({ used }) => used)).size).toBeGreaterThan(1);
    await nobodyIsLost(there, added);
    await setSeats(1000).expect(200);
    await eventually(async () => ((await activeEmails(here)).length === people + added.length ? true : null));
    await eventually(async () => ((await told(operator, id)).length > 1 ? true : null));
    expect(await told(operator, id)).toEqual(['seats.exhausted', 'seats.freed']);
  });

  it('are never passed when the process of the run is killed, and the other one takes it over', async () => {
    const { id, here, there, operator } = await given();
    const seenOf = watchSeats(id);
    await here.post('/api/sync-runs', {}).expect(202);
    const adding = addByAllDoors(there, operator, id);
    await one.stop('SIGKILL');
    const added = await adding;
    await eventually(async () => ((await activeEmails(there)).length === limit ? true : null));
    expect((await seenOf()).filter(({ used, most }) => used > most)).toEqual([]);
    const { body } = await there.get('/api/sync-runs').expect(200);
    for (const run of body.items) expect((await runEnded(there, run.id)).state).toBe('succeeded');
    await nobodyIsLost(there, added);
    one = await startOnDatabase();
  });
});
