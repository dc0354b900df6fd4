import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../harness/any-text.ts';
import { givenGroup, givenUser, memberIds, patchOf, readGroup, readUser, userBody } from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';
import { cases, casesFactor } from '../harness/cases.ts';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;

/** Sends a body as it is, not as JSON that was made of something. */
function sendRaw<Path extends string>(method: 'post' | 'put' | 'patch', path: Path, body: string | Buffer) {
  return service.http[method](`/scim/v2${path}`)
    .set('Authorization', `Bearer ${workspace.token}`)
    .set('Content-Type', 'application/scim+json')
    .send(body);
}

async function everythingStored(): Promise<unknown> {
  return service.dataSource.query(
    `SELECT (SELECT json_agg(u ORDER BY id) FROM directory_user u WHERE workspace_id = $1) AS users,
            (SELECT json_agg(g ORDER BY id) FROM directory_group g WHERE workspace_id = $1) AS groups,
            (SELECT json_agg(m ORDER BY group_id, value) FROM directory_group_member m WHERE workspace_id = $1) AS members,
            (SELECT count(*) FROM directory_event WHERE workspace_id = $1) AS events,
            (SELECT json_agg(q ORDER BY directory_user_id) FROM sync_queue q WHERE workspace_id = $1) AS queue`,
    [workspace.id],
  );
}

describe('bodies', () => {
  it.each(['{', '{"userName": }', 'userName=x', '{"a":1}}', '\u0000', '[1,'])(
    'malformed JSON is 400: %j',
    async (body) => {
      const before = await everythingStored();
      for (const path of ['/Users', '/Groups', '/Users/.search']) {
        expectScimError(await sendRaw('post', path, body), 400, 'invalidSyntax');
      }
      expect(await everythingStored()).toEqual(before);
    },
  );

  it.each(['', '[]', '"x"', '5', 'null', 'true'])('JSON that is no object is 400: %j', async (body) => {
    const user = await givenUser(scim);
    for (const [method, path] of [
      ['post', '/Users'],
      ['post', '/Groups'],
      ['put', `/Users/${user.id}`],
      ['patch', `/Users/${user.id}`],
    ] as const) {
      const response = await sendRaw(method, path, body);
      expectScimAnswer(response, 400);
      expect(response.body.scimType).toMatch(/^invalid(Syntax|Value)$/);
    }
    expect(await readUser(scim, user.id)).toEqual(user);
  });

  it.each([
    ['userName', ['a', 'b']],
    ['userName', { a: 1 }],
    ['active', 'perhaps'],
    ['active', 1],
    ['active', ['True', 'False']],
  ])(
    'a wrong type is 400 invalidValue where a user cannot be without the attribute: %s = %j',
    async (name, value) => {
      const before = await everythingStored();
      const response = await scim.post('/Users', userBody({ [name]: value }));
      expectScimError(response, 400, 'invalidValue');
      expect(response.body.detail).toContain(name.split(':').at(-1));
      expect(await everythingStored()).toEqual(before);
    },
  );

  it('a body over 1 MB is 413, for groups over 16 MB', async () => {
    const before = await everythingStored();
    const large = JSON.stringify(userBody({ title: 'x'.repeat(1024 * 1024) }));
    expectScimError(await sendRaw('post', '/Users', large), 413);
    expect(await everythingStored()).toEqual(before);
    const members = Array.from({ length: 20_000 }, (_, at) => ({ value: `member-${at}-${'x'.repeat(40)}` }));
    const group = JSON.stringify({ displayName: 'Large', members });
    expect(group.length).toBeGreaterThan(1024 * 1024);
    const created = await sendRaw('post', '/Groups?attributes=displayName', group);
    expectScimAnswer(created, 201);
    expectScimAnswer(await scim.delete(`/Groups/${created.body.id}`), 204);
    const tooLarge = JSON.stringify({ displayName: 'x'.repeat(16 * 1024 * 1024) });
    expectScimError(await sendRaw('post', '/Groups', tooLarge), 413);
  });

  it('a body in another media type or content coding is 415', async () => {
    const typed = (type: string) => sendRaw('post', '/Users', '<x/>').set('Content-Type', type);
    expectScimError(await typed('application/xml'), 415);
    expectScimError(await typed('text/csv; charset=utf-8'), 415);
    expectScimError(await typed('application/scim+json').set('Content-Encoding', 'x-unknown'), 415);
  });

  it('a body nested very deep is not recursed into, and nothing of the depth is kept', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const extension = `{"userName":"deep@example.com","urn:example:deep:1.0:User":${deep}}`;
    const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const lists = `{"userName":"deeper@example.com","emails":${nested},"title":[${nested},${nested}]}`;
    const paths = `{"Operations":[{"op":"add","path":"title","value":${nested}}]}`;
    for (const body of [extension, lists]) {
      const response = await sendRaw('post', '/Users', body);
      expect([201, 400]).toContain(response.status);
      expect(response.text).not.toContain('[[');
      expect(response.body).not.toHaveProperty(['urn:example:deep:1.0:User']);
    }
    expectScimAnswer(await sendRaw('patch', `/Users/${(await givenUser(scim)).id}`, paths), 400);
  });
});

describe('texts that PostgreSQL cannot hold', () => {
  it.each([
    ['userName', '"a\\u0000b"'],
    ['active', '"a\\u0000b"'],
  ])('in a body: %s = %s is 400 invalidValue', async (name, json) => {
    const userName = name === 'userName' ? '' : `"userName":"nul@example.com",`;
    const before = await everythingStored();
    const response = await sendRaw('post', '/Users', `{${userName}"${name}":${json}}`);
    expectScimError(response, 400, 'invalidValue');
    expect(await everythingStored()).toEqual(before);
  });

  it.each([
    ['title', '"a\\u0000b"'],
    ['title', '"\\ud800"'],
    ['title', '"\\udc00\\ud800"'],
    ['externalId', '"\\u0000"'],
    ['emails', '[{"value":"\\ud800@example.com"}]'],
    ['orgRole', '{"a":"\\u0000"}'],
    ['urn:example:raw:1.0:User', '{"a":"\\u0000"}'],
    ['urn:example:raw:1.0:User', '{"a\\u0000":"b"}'],
    ['urn:example:raw:1.0:User', '{"a":[{"b":"\\ud800"}]}'],
  ])('in a body, where a user can be without it: %s = %s is left out', async (name, json) => {
    const sent = `{"userName":"${randomUUID()}","nickName":"kept","${name}":${json}}`;
    const response = await sendRaw('post', '/Users', sent);
    expectScimAnswer(response, 201);
    expect(response.body).toMatchObject({ nickName: 'kept' });
    expect(response.body).not.toHaveProperty([name]);
  });

  it('in a PATCH, a member and a group name is 400', async () => {
    const user = await givenUser(scim);
    const group = await givenGroup(scim, {}, ['m']);
    const patches: [string, string][] = [
      [`/Users/${user.id}`, '{"op":"replace","path":"title","value":"\\u0000"}'],
      [`/Users/${user.id}`, '{"op":"replace","value":{"title":"\\ud800"}}'],
      [`/Users/${user.id}`, '{"op":"add","path":"urn:example:raw:1.0:User:x","value":"\\u0000"}'],
      [`/Groups/${group.id}`, '{"op":"add","path":"members","value":[{"value":"\\u0000"}]}'],
      [`/Groups/${group.id}`, '{"op":"remove","path":"members","value":[{"value":"\\u0000"}]}'],
      [`/Groups/${group.id}`, '{"op":"replace","path":"displayName","value":"\\udfff"}'],
      [`/Groups/${group.id}`, '{"op":"remove","path":"members[value eq \\"\\\\u0000\\"]"}'],
    ];
    for (const [path, operation] of patches) {
      expectScimAnswer(await sendRaw('patch', path, `{"Operations":[${operation}]}`), 400);
    }
    expect(await readUser(scim, user.id)).toEqual(user);
    expect(await readGroup(scim, group.id)).toEqual(group);
  });

  it.each([
    'userName eq "a%00b"',
    'title co "%5Cu0000"',
    'externalId eq "%5Cud800"',
    'title eq %00',
    'x%00 pr',
  ])('in a filter is 400 invalidFilter: %s', async (filter) => {
    const response = await scim.get(`/Users?filter=${filter.replaceAll(' ', '+')}`);
    expectScimError(response, 400, 'invalidFilter');
  });

  it.each(['/Users/%00', '/Users/a%00b', '/Groups/%ED%A0%80', '/Users/%', '/Users/%zz', '/Schemas/%00'])(
    'in a URL is a 4xx: %s',
    async (path) => {
      const response = await scim.get(path);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expectScimAnswer(response, response.status);
    },
  );
});

describe('filters', () => {
  it('one of 10 kB, nested 500 deep, is 400 invalidFilter', async () => {
    const nested = `${'('.repeat(500)}userName eq "${'x'.repeat(9_000)}"${')'.repeat(500)}`;
    expectScimError(await scim.get(`/Users?filter=${encodeURIComponent(nested)}`), 400, 'invalidFilter');
    const short = `${'not ('.repeat(500)}title pr${')'.repeat(500)}`;
    expectScimError(await scim.get(`/Users?filter=${encodeURIComponent(short)}`), 400, 'invalidFilter');
    expectScimError(await scim.post('/Users/.search', { filter: nested }), 400, 'invalidFilter');
    const long = Array.from({ length: 700 }, (_, at) => `title eq "${at}"`).join(' or ');
    expectScimError(await scim.post('/Users/.search', { filter: long }), 400, 'invalidFilter');
  });

  it('the largest that is allowed is answered', async () => {
    const terms = Array.from({ length: 150 }, (_, at) => `emails[type eq "work" and value co "${at}"]`);
    const filter = terms.slice(0, 80).join(' or ');
    expectScimAnswer(await scim.post('/Users/.search', { filter }), 200);
  });
});

describe('paths', () => {
  it.each([
    '__proto__',
    '__proto__.x',
    'constructor.prototype.x',
    'name.__proto__',
    'emails.__proto__.x',
    'emails[__proto__ eq "x"].value',
    'toString',
    'urn:example:evil:1.0:User:__proto__',
    '__proto__[x eq "y"].z',
  ])('%s pollutes nothing', async (path) => {
    const user = await givenUser(scim);
    for (const operation of [
      { op: 'add', path, value: { polluted: 'yes' } },
      { op: 'replace', path, value: 'yes' },
      { op: 'remove', path },
    ]) {
      const response = await scim.patch(`/Users/${user.id}`, patchOf(operation));
      if (response.status !== 200) expectScimAnswer(response, 400);
    }
    const body = `{"Operations":[{"op":"add","value":{"${path.replaceAll('"', '\\"')}":{"polluted":"yes"}}}]}`;
    expect((await sendRaw('patch', `/Users/${user.id}`, body)).status).toBeLessThan(500);
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('x');
    expect(await readUser(scim, user.id)).toMatchObject({ id: user.id, userName: user.userName });
  });

  it('a body with __proto__ pollutes nothing', async () => {
    const json =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"userName":"proto@example.com"}';
    expectScimAnswer(await sendRaw('post', '/Users', json), 201);
    expect({}).not.toHaveProperty('polluted');
  });

  it('too many operations, or a path that is too long, are 400 or 413', async () => {
    const user = await givenUser(scim);
    const many = Array.from({ length: 5_000 }, (_, at) => ({ op: 'replace', path: 'title', value: `${at}` }));
    const response = await scim.patch(`/Users/${user.id}`, patchOf(...many));
    expect([400, 413]).toContain(response.status);
    expectScimAnswer(response, response.status);
    const long = patchOf({ op: 'add', path: 'a'.repeat(100_000), value: 'x' });
    expectScimAnswer(await scim.patch(`/Users/${user.id}`, long), 400);
    expect(await readUser(scim, user.id)).toEqual(user);
  });
});

describe('what is taken', () => {
  it('a userName in another case is a 409 that names it, and writes nothing', async () => {
    await givenUser(scim, { userName: 'Duplicate@example.com' });
    const before = await everythingStored();
    const response = await scim.post('/Users', userBody({ userName: 'DUPLICATE@EXAMPLE.COM' }));
    expectScimError(response, 409, 'uniqueness');
    expect(response.body.detail).toContain('DUPLICATE@EXAMPLE.COM');
    expect(await everythingStored()).toEqual(before);
  });

  it('a group with an unknown member is taken, the member kept as a pending reference', async () => {
    const group = await givenGroup(scim, {}, ['nobody-yet']);
    expect(await memberIds(scim, group.id)).toEqual(['nobody-yet']);
    expect((await readGroup(scim, group.id)).members).toEqual([{ value: 'nobody-yet', type: 'User' }]);
  });
});

describe('any input at all', () => {
  const timeoutMs = 180_000 * casesFactor;
  const scalar = fc.oneof(anyText(), fc.boolean(), fc.integer(), fc.constant(null));
  const name = fc.constantFrom(
    'userName',
    'name',
    'active',
    'emails',
    'members',
    'displayName',
    'externalId',
    'id',
    'meta',
    'schemas',
    'x',
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(name, fc.string()), tie('value'), { maxKeys: 4 }),
    ),
  }));
  const body = fc.dictionary(name, value, { maxKeys: 6 });
  const path = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('emails[type eq "work"].value', 'name.givenName', 'members', 'active', 'urn:a:b:User:c'),
  );
  const operation = fc.record(
    { op: fc.constantFrom('add', 'replace', 'remove', 'x'), path, value },
    { requiredKeys: [] },
  );

  it(
    'is 2xx or 4xx with a SCIM body, never 5xx',
    async () => {
      const user = await givenUser(scim);
      const group = await givenGroup(scim);
      const any = fc.oneof(
        body.map((sent) => ['post', '/Users', sent] as const),
        body.map((sent) => ['post', '/Groups', sent] as const),
        body.map((sent) => ['put', `/Users/${user.id}`, sent] as const),
        fc
          .array(operation, { maxLength: 4 })
          .map((sent) => ['patch', `/Users/${user.id}`, patchOf(...(sent as never[]))] as const),
        fc
          .array(operation, { maxLength: 4 })
          .map((sent) => ['patch', `/Groups/${group.id}`, patchOf(...(sent as never[]))] as const),
        body.map((sent) => ['post', '/Users/.search', { count: 1, ...sent }] as const),
      );
      await fc.assert(
        fc.asyncProperty(any, async ([method, at, sent]) => {
          const response = await sendRaw(method, at, JSON.stringify(sent));
          if (response.status >= 500) throw new Error(`${response.status} ${response.text}`);
          expectScimAnswer(response, response.status);
        }),
        cases(1000),
      );
    },
    timeoutMs,
  );

  it(
    'as a filter is 200 or 400, never 5xx',
    async () => {
      const piece = fc.constantFrom(
        'userName',
        'eq',
        '"a"',
        '(',
        ')',
        'not',
        'and',
        'or',
        'pr',
        '[',
        ']',
        '.',
        'emails',
        'type',
        'true',
        '1',
        'x:y',
        '"',
      );
      const filter = fc.oneof(
        anyText({ maxLength: 40 }),
        fc.array(piece, { maxLength: 12 }).map((all) => all.join(' ')),
      );
      await fc.assert(
        fc.asyncProperty(filter, async (text) => {
          const response = await sendRaw(
            'post',
            '/Users/.search',
            JSON.stringify({ filter: text, count: 1 }),
          );
          if (response.status !== 200) expectScimAnswer(response, 400);
        }),
        cases(600),
      );
    },
    timeoutMs,
  );
});
