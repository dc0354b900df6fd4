import { request as httpRequest } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Schema } from '../harness/answers.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenProductKey } from '../harness/workspace.ts';

type Line = Schema<'BatchLineResponse'>;

const service = useService();
const workspace = useWorkspace(service);
const { operator, admin, scim } = workspace;

const member = (reference: string) => `/operator/workspaces/${workspace.id}/members/${reference}` as const;
const path = () => `/operator/workspaces/${workspace.id}/members/batch`;

interface Sent {
  status: number;
  lines: Line[];
  text: string;
}

/** Sends a body in parts, as they are given, and reads the whole answer. */
function send(
  parts: readonly (string | Buffer)[],
  headers: Record<string, string> = { 'content-type': 'application/x-ndjson' },
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const { operatorToken } = service.config;
    const asked = httpRequest(`${service.url}${path()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorToken}`, ...headers },
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const lines =
          status === 200
            ? text
                .split('\n')
                .filter(Boolean)
                .map((line) => JSON.parse(line) as Line)
            : [];
        resolve({ status, lines, text });
      });
      response.on('error', reject);
    });
    asked.on('error', reject);
    for (const part of parts) asked.write(part);
    asked.end();
  });
}

const json = (...values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const outcomes = ({ lines }: Sent) => lines.map(({ line, outcome }) => [line, outcome]);

async function idOf(externalId: string): Promise<string> {
  return (await operator.get(member(`ext:${externalId}`)).expect(200)).body.id;
}

async function members(): Promise<Schema<'ProductMemberResponse'>[]> {
  const { body } = await operator.get(`/operator/workspaces/${workspace.id}/members?limit=200`).expect(200);
  return body.items;
}

describe('a batch', () => {
  it('makes, changes and leaves members, a line for a line, and repeated it leaves all of them', async () => {
    const { body: byHand } = await admin.post('/api/members', { email: 'cara@example.com' }).expect(201);
    await send([json({ externalId: 'u-2', email: 'bob@example.com' })]);
    const batch = json(
      { externalId: 'u-1', email: 'ann@example.com', firstName: 'Ann' },
      { externalId: 'u-2', jobTitle: 'Builder' },
      { externalId: 'u-3', email: 'cara@example.com' },
      { externalId: 'u-4', email: 'dora@example.com', status: 'deactivated' },
    );
    const first = await send([batch]);
    expect(outcomes(first)).toEqual([
      [1, 'created'],
      [2, 'updated'],
      [3, 'updated'],
      [4, 'created'],
    ]);
    expect(first.lines[2]?.memberId).toBe(byHand.id);
    const found = await members();
    expect(found.map(({ externalId, email, status }) => [externalId, email, status]).sort()).toEqual([
      ['u-1', 'ann@example.com', 'active'],
      ['u-2', 'bob@example.com', 'active'],
      ['u-3', 'cara@example.com', 'active'],
      ['u-4', 'dora@example.com', 'deactivated'],
    ]);
    const again = await send([batch]);
    expect(again.lines.map(({ outcome }) => outcome)).toEqual(Array<string>(4).fill('unchanged'));
    expect(await members()).toEqual(found);
  });

  it("takes managers by the vendor's own ids: of before, of an earlier line, and never of nobody", async () => {
    await send([json({ externalId: 'boss:1', email: 'boss@example.com' })]);
    const sent = await send([
      json(
        { externalId: 'lead', email: 'lead@example.com', managerId: 'ext:boss:1' },
        { externalId: 'u-1', email: 'ann@example.com', managerId: 'ext:lead' },
        { externalId: 'u-2', email: 'bob@example.com', managerId: 'ext:late' },
        { externalId: 'late', email: 'late@example.com', managerId: 'ext:' },
        { externalId: 'u-3', email: 'cara@example.com', managerId: 'ext:u-3' },
        { externalId: 'lead', managerId: 'ext:lead' },
        { externalId: 'u-1', managerId: null },
      ),
    ]);
    expect(outcomes(sent)).toEqual([
      [1, 'created'],
      [2, 'created'],
      [3, 'refused'],
      [4, 'refused'],
      [5, 'refused'],
      [6, 'refused'],
      [7, 'updated'],
    ]);
    const faults = sent.lines.flatMap(
      ({ problem }) => (problem as Schema<'Problem'> | undefined)?.errors ?? [],
    );
    expect(faults.map(({ path: where }) => where)).toEqual(Array<string>(4).fill('managerId'));
    const managers = new Map((await members()).map(({ externalId, managerId }) => [externalId, managerId]));
    expect(managers).toEqual(
      new Map([
        ['boss:1', null],
        ['lead', await idOf('boss:1')],
        ['u-1', null],
      ]),
    );
    const put = (managerId: string) => operator.put(member('ext:u-1'), { managerId });
    expect((await put('ext:lead').expect(200)).body.managerId).toBe(await idOf('lead'));
    expect((await put('ext:nobody').expect(400)).body).toMatchObject({
      errors: [{ path: 'managerId', code: 'no-member' }],
    });
  });

  it('refuses a bad line alone, and says what and where', async () => {
    await send([json({ externalId: 'u-0', email: 'taken@example.com' })]);
    const lines = [
      json({ externalId: 'u-1', email: 'ann@example.com' }),
      'no json\n',
      '\n',
      '[1]\n',
      json({ email: 'nobody@example.com' }),
      json({ externalId: ' u-2', email: 'x@example.com' }),
      json({ externalId: 'u-3', email: 'no address', shoeSize: 4 }),
      json({ externalId: 'u-3', email: 'no address' }),
      json({ externalId: 'u-4', email: 'taken@example.com' }),
      json({ externalId: 'u-5' }),
      json({ externalId: 'u-6', email: 'e@example.com', properties: { none: 1 } }),
      json({ externalId: 'u-7', email: 'f@example.com', managerId: '018f0000-0000-7000-8000-000000000000' }),
      Buffer.concat([Buffer.from('{"externalId":"u-8","email":"'), Buffer.from([0xff]), Buffer.from('"}\n')]),
      `{"externalId":"u-9","firstName":"${'x'.repeat(70_000)}"}\n`,
      JSON.stringify({ externalId: 'u-10', email: 'last@example.com' }),
    ];
    const sent = await send(lines);
    expect(sent.lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'created'],
      ...[2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((line) => [line, 'refused']),
      [15, 'created'],
    ]);
    const problems = new Map(
      sent.lines.map(({ line, problem }) => [line, problem as Schema<'Problem'> | undefined]),
    );
    const paths = (line: number) => problems.get(line)?.errors?.map((fault) => fault.path);
    expect(problems.get(2)?.detail).toContain('not valid JSON');
    expect(paths(5)).toContain('externalId');
    expect(paths(6)).toEqual(['externalId']);
    expect(paths(7)).toEqual(['shoeSize']);
    expect(paths(8)).toEqual(['email']);
    expect(problems.get(9)).toMatchObject({ status: 409, externalId: 'u-0' });
    expect(problems.get(10)?.errors).toMatchObject([{ path: 'email', code: 'required' }]);
    expect(paths(11)).toEqual(['properties.none']);
    expect(paths(12)).toEqual(['managerId']);
    expect(problems.get(13)?.detail).toContain('UTF-8');
    expect(problems.get(14)).toMatchObject({ status: 413 });
    expect((await members()).map(({ email }) => email).sort()).toEqual([
      'ann@example.com',
      'last@example.com',
      'taken@example.com',
    ]);
  });

  it('does each line as if it came alone: the same member twice, an address that moves on', async () => {
    const sent = await send([
      json(
        { externalId: 'u-1', email: 'old@example.com' },
        { externalId: 'u-1', jobTitle: 'One' },
        { externalId: 'u-1', email: 'new@example.com' },
        { externalId: 'u-2', email: 'old@example.com' },
        { externalId: 'u-3', email: 'new@example.com' },
      ),
    ]);
    expect(sent.lines.map(({ outcome }) => outcome)).toEqual([
      'created',
      'updated',
      'updated',
      'created',
      'refused',
    ]);
    expect((await members()).map(({ externalId, email, version }) => [externalId, email, version])).toEqual([
      ['u-1', 'new@example.com', 3],
      ['u-2', 'old@example.com', 1],
    ]);
  });

  it('gives the seats that there are in the order of the lines, also one that a line before gave back', async () => {
    await operator.patch(`/operator/workspaces/${workspace.id}`, { seats: { limit: 2 } }).expect(200);
    await send([
      json(
        { externalId: 'u-1', email: 'ann@example.com' },
        { externalId: 'u-2', email: 'bob@example.com' },
        { externalId: 'u-3', email: 'cara@example.com', status: 'deactivated' },
      ),
    ]);
    await operator.delete(member('ext:u-3')).expect(204);
    const sent = await send([
      json(
        { externalId: 'u-3' },
        { externalId: 'u-4', email: 'cara@example.com', status: 'deactivated' },
        { externalId: 'u-1', status: 'deactivated' },
        { externalId: 'u-5', email: 'dan@example.com' },
        { externalId: 'u-6', email: 'eve@example.com' },
      ),
    ]);
    expect(sent.lines.map(({ outcome, problem }) => [outcome, problem?.type ?? null])).toEqual([
      ['refused', expect.stringMatching(/no-seat$/)],
      ['created', null],
      ['updated', null],
      ['created', null],
      ['refused', expect.stringMatching(/no-seat$/)],
    ]);
  });

  it('keeps what provisioning owns', async () => {
    await givenPerson(scim, 'ann@example.com', { name: { givenName: 'Ann' } });
    await synchronize(admin);
    const sent = await send([
      json(
        { externalId: 'u-1', email: 'ann@example.com' },
        { externalId: 'u-1', firstName: 'Anna' },
        { externalId: 'u-1', firstName: 'Ann' },
      ),
    ]);
    expect(sent.lines.map(({ outcome }) => outcome)).toEqual(['updated', 'refused', 'unchanged']);
    expect(sent.lines[1]?.problem).toMatchObject({ status: 409, fields: ['firstName'] });
  });

  it('of many lines is the same when two are sent at once', async () => {
    const batch = json(
      ...Array.from({ length: 1_200 }, (_, at) => ({ externalId: `u-${at}`, email: `p${at}@example.com` })),
    );
    const both = await Promise.all([send([batch]), send([batch])]);
    for (const { lines } of both) expect(lines.map(({ line }) => line)).toEqual(lines.map((_, at) => at + 1));
    const all = both.flatMap(({ lines }) => lines);
    expect(all.filter(({ outcome }) => outcome === 'created')).toHaveLength(1_200);
    expect(all.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(1_200);
  });

  it('answers a line before the next one is sent', async () => {
    const { operatorToken } = service.config;
    const asked = httpRequest(`${service.url}${path()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/x-ndjson' },
    });
    const answered = new Promise<string[]>((resolve, reject) => {
      const parts: string[] = [];
      asked.on('error', reject);
      asked.on('response', (response) => {
        response.setEncoding('utf8').on('data', (part: string) => {
          parts.push(part);
          if (parts.length === 1) asked.end(json({ externalId: 'u-2', email: 'bob@example.com' }));
        });
        response.on('end', () => resolve(parts));
      });
    });
    asked.write(json({ externalId: 'u-1', email: 'ann@example.com' }));
    expect((await answered).map((part) => (JSON.parse(part) as Line).line)).toEqual([1, 2]);
  });

  it('that breaks off leaves whole members, and does the rest when it is sent again', async () => {
    const values = Array.from({ length: 3_000 }, (_, at) => ({
      externalId: `u-${at}`,
      email: `p${at}@example.com`,
    }));
    const { operatorToken } = service.config;
    await new Promise<void>((resolve) => {
      const asked = httpRequest(`${service.url}${path()}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/x-ndjson' },
      });
      asked.on('error', () => undefined);
      asked.on('response', (response) => {
        response.on('error', () => undefined);
        response.once('data', () => {
          asked.destroy();
          resolve();
        });
      });
      asked.end(json(...values));
    });
    const again = await send([json(...values)]);
    const counts = Map.groupBy(again.lines, ({ outcome }) => outcome);
    expect(counts.get('refused')).toBeUndefined();
    expect(counts.get('unchanged')?.length).toBeGreaterThan(0);
    expect(again.lines).toHaveLength(3_000);
  });

  it('ends when its product key is revoked meanwhile', async () => {
    const key = await givenProductKey(service, { scopes: ['members:write'] });
    const cut = new Promise<string>((resolve) => {
      let text = '';
      const asked = httpRequest(`${service.url}${path()}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/x-ndjson' },
      });
      asked.on('error', () => resolve(text));
      asked.on('response', (response) => {
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('data', () => void revokeAndGoOn());
        response.on('error', () => resolve(text));
        response.on('end', () => resolve(`${text} and ended well`));
      });
      const revokeAndGoOn = async () => {
        await operator.delete(`/operator/keys/${key.id}`).expect(204);
        await setTimeout(1_200);
        asked.write(json({ externalId: 'u-2', email: 'bob@example.com' }));
      };
      asked.write(json({ externalId: 'u-1', email: 'ann@example.com' }));
    });
    expect(JSON.parse(await cut)).toMatchObject({ line: 1, outcome: 'created' });
    expect((await members()).map(({ externalId }) => externalId)).toEqual(['u-1']);
  });

  it('has at most 50,000 lines', async () => {
    // Empty ones count.
    const { lines } = await send([
      '\n'.repeat(50_000),
      json({ externalId: 'u-1', email: 'ann@example.com' }, {}),
    ]);
    expect(lines).toMatchObject([{ line: 50_001, outcome: 'refused' }]);
    expect(await members()).toEqual([]);
  });

  it('is JSON on lines and says so', async () => {
    const body = json({ externalId: 'u-1', email: 'ann@example.com' });
    for (const type of ['application/json', 'text/plain', '']) {
      const { status, text } = await send([body], type === '' ? {} : { 'content-type': type });
      expect([status, text]).toEqual([415, expect.stringContaining('application/x-ndjson')]);
    }
    const packed = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    expect((await send([body], packed)).status).toBe(415);
    expect((await send([], { 'content-type': 'application/x-ndjson' })).status).toBe(200);
    expect(await members()).toEqual([]);
  });
});
