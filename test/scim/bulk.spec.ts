import { describe, expect, it } from '@jest/globals';
import type { BulkEntry } from '../harness/scim-answers.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  groupUrn,
  memberIds,
  patchOf,
  readUser,
  userBody,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';

const service = useService();
const { scim } = useSharedWorkspace(service);

type Entry = BulkEntry;

async function bulk(operations: object[], failOnErrors?: number): Promise<Entry[]> {
  const response = await scim.post('/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    failOnErrors,
    Operations: operations,
  });
  expectScimAnswer(response, 200);
  const body = response.body;
  expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
  return body.Operations;
}

const newUser = (bulkId: string, attributes: Record<string, unknown> = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: userBody(attributes),
});

const newGroup = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [groupUrn], displayName: bulkId, members: members.map((value) => ({ value })) },
});

const statuses = (entries: Entry[]) => entries.map(({ status }) => status);
const idIn = (entry: Entry | undefined) => entry?.location?.split('/').pop() ?? '';
const managerOf = async (id: string) =>
  ((await readUser(scim, id))[enterpriseUrn] as { manager?: { value: string } } | undefined)?.manager?.value;
const reportsTo = (reference: string) => ({ [enterpriseUrn]: { manager: { value: reference } } });

describe('Bulk (RFC 7644 §3.7)', () => {
  it('carries out each method and tells what became of each', async () => {
    const [put, patched, gone] = [await givenUser(scim), await givenUser(scim), await givenUser(scim)];
    const entries = await bulk([
      newUser('new'),
      { method: 'put', path: `/Users/${put.id}`, version: put.meta.version, data: userBody({ title: 'A' }) },
      {
        method: 'PATCH',
        path: `users/${patched.id}`,
        data: patchOf({ op: 'add', path: 'title', value: 'B' }),
      },
      { method: 'Delete', path: `/Users/${gone.id}` },
    ]);
    const at = (id: string) => `${service.config.publicUrl}/scim/v2/Users/${id}`;
    expect(entries).toEqual([
      { method: 'POST', bulkId: 'new', location: at(idIn(entries[0])), version: 'W/"1"', status: '201' },
      { method: 'PUT', location: at(put.id), version: 'W/"2"', status: '200' },
      { method: 'PATCH', location: at(patched.id), version: 'W/"2"', status: '200' },
      { method: 'DELETE', location: at(gone.id), status: '204' },
    ]);
    expect(await readUser(scim, put.id)).toMatchObject({ title: 'A' });
    expect(await readUser(scim, patched.id)).toMatchObject({ title: 'B' });
    expectScimAnswer(await scim.get(`/Users/${gone.id}`), 404);
  });

  it('goes on after an error, and is not atomic', async () => {
    const taken = await givenUser(scim);
    const entries = await bulk([
      newUser('a', { userName: taken.userName }),
      { method: 'PATCH', path: '/Users/none', data: patchOf({ op: 'add', path: 'title', value: 'x' }) },
      { method: 'DELETE', path: `/Users/${taken.id}`, version: 'W/"9"' },
      newUser('b'),
    ]);
    expect(statuses(entries)).toEqual(['409', '404', '412', '201']);
    expect(entries[0]).toMatchObject({ response: { status: '409', scimType: 'uniqueness' } });
    expect(entries[0]).not.toHaveProperty('location');
    expect(entries[1]?.location).toMatch(/\/Users\/none$/);
  });

  it('stops after as many errors as it may make', async () => {
    const wrong = { method: 'DELETE', path: '/Users/none' };
    expect(statuses(await bulk([wrong, newUser('a'), wrong, newUser('b')], 2))).toEqual([
      '404',
      '201',
      '404',
    ]);
  });

  it('refuses what is wrong with an operation, and that one alone', async () => {
    const { bulkId: _none, ...anonymous } = newUser('x');
    const wrong = [
      anonymous,
      { ...newUser('a'), method: 'GET' },
      { ...newUser('b'), path: '/Devices' },
      { ...newUser('c'), path: '/Users/x' },
      { ...newUser('d'), data: 'text' },
      { method: 'PUT', path: '/Users', data: userBody() },
      { method: 'PUT', path: '/Users/x' },
      5,
    ] as object[];
    const entries = await bulk([...wrong, newUser('e')]);
    expect(statuses(entries)).toEqual([...wrong.map(() => '400'), '201']);
  });

  it.each([{}, { Operations: [] }, { Operations: 'x' }, { Operations: [{}], failOnErrors: 'x' }])(
    'answers 400 to %j',
    async (body) => {
      expectScimAnswer(await scim.post('/Bulk', body), 400);
    },
  );

  it('answers 400 to one bulkId for two operations', async () => {
    expectScimError(
      await scim.post('/Bulk', { Operations: [newUser('a'), newUser('a')] }),
      400,
      'invalidValue',
    );
  });

  it('answers 413 that names the limit', async () => {
    const many = Array.from({ length: 1001 }, () => ({ method: 'DELETE', path: '/Users/x' }));
    const response = await scim.post('/Bulk', { Operations: many });
    expectScimError(response, 413);
    expect(response.text).toContain('1000');
    const large = await scim.post('/Bulk', { Operations: [newUser('a', { title: 'x'.repeat(1_048_576) })] });
    expectScimError(large, 413);
    expect(large.text).toContain('1048576');
  });

  it('refuses a body that nests too deeply as a whole, before anything is done', async () => {
    const deep = JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)) as object;
    const operations = [newUser('never'), { ...newUser('a'), data: deep }];
    expectScimError(await scim.post('/Bulk', { Operations: operations }), 400, 'invalidValue');
    expect(statuses(await bulk([newUser('never')]))).toEqual(['201']);
  });
});

describe('references by bulkId (RFC 7644 §3.7.2)', () => {
  it('are resolved in data and in paths, whatever the order', async () => {
    const entries = await bulk([
      { method: 'PATCH', path: '/Groups/bulkId:g', data: patchOf(addMember('bulkId:second')) },
      newGroup('g', 'bulkId:first'),
      newUser('first', reportsTo('bulkId:second')),
      newUser('second'),
    ]);
    expect(statuses(entries)).toEqual(['200', '201', '201', '201']);
    const [, group, first, second] = entries.map(idIn);
    expect(await memberIds(scim, group ?? '')).toEqual([first, second].sort());
    expect(await managerOf(first ?? '')).toBe(second);
  });

  it('may lead to a resource that was there before', async () => {
    const { id } = await givenUser(scim);
    const change = patchOf({ op: 'add', path: 'title', value: 'x' });
    const entries = await bulk([
      newGroup('g', 'bulkId:old'),
      { method: 'PATCH', path: `/Users/${id}`, bulkId: 'old', data: change },
    ]);
    expect(await memberIds(scim, idIn(entries[0]))).toEqual([id]);
  });

  it('may run in a circle between groups', async () => {
    const entries = await bulk([
      newGroup('a', 'bulkId:b'),
      newGroup('b', 'bulkId:a'),
      newGroup('c', 'bulkId:c'),
    ]);
    expect(statuses(entries)).toEqual(['201', '201', '201']);
    const [a = '', b = '', c = ''] = entries.map(idIn);
    expect(await memberIds(scim, a)).toEqual([b]);
    expect(await memberIds(scim, b)).toEqual([a]);
    expect(await memberIds(scim, c)).toEqual([c]);
    const { meta } = (await scim.get(`/Groups/${a}`).expect(200)).body;
    expect(entries[0]?.version).toBe(meta.version);
  });

  it('may run in a circle between users', async () => {
    const entries = await bulk([newUser('a', reportsTo('bulkId:b')), newUser('b', reportsTo('bulkId:a'))]);
    const [a = '', b = ''] = entries.map(idIn);
    expect([await managerOf(a), await managerOf(b)]).toEqual([b, a]);
  });

  it('fail with 409 where they lead to nothing, or to what failed', async () => {
    const taken = await givenUser(scim);
    const group = await givenGroup(scim);
    const entries = await bulk([
      newGroup('a', 'bulkId:unknown'),
      newUser('b', { userName: taken.userName }),
      newGroup('c', 'bulkId:b'),
      { method: 'DELETE', path: '/Groups/bulkId:c' },
      { method: 'PATCH', path: `/Groups/${group.id}`, data: patchOf(addMember('bulkId:b')) },
    ]);
    expect(statuses(entries)).toEqual(['409', '409', '409', '409', '409']);
    expect(entries[0]?.response?.detail).toContain('bulkId:unknown');
    expect(await memberIds(scim, group.id)).toEqual([]);
  });

  it('fail with 409 when the circle breaks, and say that the resource is there', async () => {
    const taken = await givenUser(scim);
    const entries = await bulk([
      newUser('a', reportsTo('bulkId:b')),
      newUser('b', { userName: taken.userName, ...reportsTo('bulkId:a') }),
    ]);
    expect(statuses(entries)).toEqual(['409', '409']);
    expect(entries[0]?.response?.detail).toContain('created without');
    expect(await managerOf(idIn(entries[0]))).toBeUndefined();
  });

  it('of another workspace lead to nothing', async () => {
    const other = await givenWorkspace(service);
    const foreign = await givenUser(other.scim);
    expect(statuses(await bulk([{ method: 'DELETE', path: `/Users/${foreign.id}` }]))).toEqual(['404']);
  });
});

function addMember(value: string) {
  return { op: 'add', path: 'members', value: [{ value }] };
}
