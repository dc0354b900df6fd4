import { beforeAll, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { scimClient } from '../harness/workspace.ts';
import {
  enterpriseUrn,
  givenUser,
  groupUrn,
  idsBy,
  listUrn,
  patchOf,
  userBody,
  userUrn,
  type ListBody,
  type Resource,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;

interface Attribute extends Record<string, unknown> {
  name: string;
  type: string;
  subAttributes?: Attribute[];
}

async function attributesOf(urn: string): Promise<Map<string, Attribute>> {
  const response = await scim.get(`/Schemas/${urn}`);
  expectScimAnswer(response, 200);
  const { attributes } = response.body;
  return new Map((attributes as Attribute[]).map((attribute) => [attribute.name, attribute]));
}

describe('discovery (RFC 7644 §4, RFC 7643 §5 to §7)', () => {
  it('says of itself only what is true', async () => {
    const response = await scim.get('/ServiceProviderConfig');
    expectScimAnswer(response, 200);
    expect(response.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: expect.any(Number) },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      meta: { resourceType: 'ServiceProviderConfig' },
    });
    const { authenticationSchemes } = response.body;
    expect(authenticationSchemes).toEqual([
      expect.objectContaining({
        type: 'oauthbearertoken',
        name: expect.any(String),
        description: expect.any(String),
      }),
      expect.objectContaining({
        type: 'oauth2',
        description: expect.stringContaining('/oauth/token') as unknown,
        primary: false,
      }),
    ]);
  });

  it('returns no more resources than it says', async () => {
    const { body } = await scim.get('/ServiceProviderConfig').expect(200);
    const { filter } = body as { filter: { maxResults: number } };
    expect(filter.maxResults).toBeGreaterThanOrEqual(100);
  });

  it('lists the resource types, and each by its name', async () => {
    const response = await scim.get('/ResourceTypes');
    expectScimAnswer(response, 200);
    const body = response.body;
    expect(body).toMatchObject({ schemas: [listUrn], totalResults: 2, startIndex: 1, itemsPerPage: 2 });
    expect(body.Resources).toEqual([
      expect.objectContaining({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: 'User',
        name: 'User',
        endpoint: '/Users',
        schema: userUrn,
        schemaExtensions: [{ schema: enterpriseUrn, required: false }],
      }),
      expect.objectContaining({ id: 'Group', name: 'Group', endpoint: '/Groups', schema: groupUrn }),
    ]);
    for (const type of body.Resources) {
      const single = await scim.get(`/ResourceTypes/${type.id}`);
      expect(single.body).toEqual(type);
    }
    expectScimAnswer(await scim.get('/ResourceTypes/Device'), 404);
  });

  it('lists the schemas, and each by its URN in any case, encoded or not', async () => {
    const response = await scim.get('/Schemas');
    expectScimAnswer(response, 200);
    const body = response.body;
    expect(body.Resources.map(({ id }) => id)).toEqual(
      [userUrn, enterpriseUrn, groupUrn].sort(byOrderIn(body)),
    );
    for (const schema of body.Resources) {
      expect((await scim.get(`/Schemas/${schema.id}`)).body).toEqual(schema);
      expect((await scim.get(`/Schemas/${encodeURIComponent(schema.id.toUpperCase())}`)).body).toEqual(
        schema,
      );
    }
    expectScimAnswer(await scim.get('/Schemas/urn:example:unknown'), 404);
  });

  it.each(['ServiceProviderConfig', 'ResourceTypes', 'Schemas'])('refuses a filter on /%s', async (path) => {
    const response = await scim.get(`/${path}?filter=id%20pr`);
    if (path !== 'ServiceProviderConfig') expectScimError(response, 403);
  });

  it('ignores paging, sorting and projection of discovery', async () => {
    const query = '?startIndex=2&count=1&sortBy=id&attributes=id';
    expect((await scim.get(`/Schemas${query}`)).body).toEqual((await scim.get('/Schemas')).body);
  });

  it('describes every attribute completely', async () => {
    const characteristics = [
      'name',
      'type',
      'multiValued',
      'description',
      'required',
      'mutability',
      'returned',
    ];
    for (const urn of [userUrn, enterpriseUrn, groupUrn]) {
      for (const attribute of (await attributesOf(urn)).values()) {
        for (const one of [attribute, ...(attribute.subAttributes ?? [])]) {
          expect(Object.keys(one)).toEqual(expect.arrayContaining(characteristics));
          if (one.type !== 'complex')
            expect(Object.keys(one)).toEqual(expect.arrayContaining(['caseExact', 'uniqueness']));
        }
        for (const sub of attribute.subAttributes ?? []) expect(sub.type).not.toBe('complex');
      }
    }
    expect(JSON.stringify((await scim.get('/Schemas')).body)).not.toContain('null');
  });

  describe('of a user, says of every attribute what the service does', () => {
    interface Described extends Attribute {
      multiValued: boolean;
      required: boolean;
      caseExact?: boolean;
      mutability: string;
      returned: string;
      uniqueness?: string;
      canonicalValues?: string[];
      subAttributes?: Described[];
    }
    const valueOf = ({ type, name }: Described, word: string): unknown => {
      if (type === 'boolean') return true;
      if (type === 'binary') return Buffer.from(word).toString('base64');
      return type === 'reference' ? `https://example.com/${word}/${name}` : `${word} ${name}`;
    };
    const writable = ({ mutability }: Described) => mutability === 'readWrite';
    const whole = (attribute: Described, word: string): unknown => {
      const { subAttributes, multiValued } = attribute;
      const parts = subAttributes?.filter(writable).map((sub) => [sub.name, valueOf(sub, word)] as const);
      const value = parts === undefined ? valueOf(attribute, word) : Object.fromEntries(parts);
      return multiValued ? [value] : value;
    };
    let described: { path: string; holder: string; attribute: Described }[];
    /** A user with a value for everything that can be written. */
    const bodyOf = (word: string): Record<string, unknown> => {
      const core: Record<string, unknown> = { schemas: [userUrn, enterpriseUrn] };
      const extension: Record<string, unknown> = {};
      for (const { attribute, holder } of described.filter((one) => writable(one.attribute))) {
        (holder === userUrn ? core : extension)[attribute.name] = whole(attribute, word);
      }
      return { ...core, [enterpriseUrn]: extension };
    };
    const shown = (resource: Resource, { holder, attribute }: (typeof described)[number]): unknown =>
      ((holder === userUrn ? resource : resource[enterpriseUrn]) as Record<string, unknown> | undefined)?.[
        attribute.name
      ];

    beforeAll(async () => {
      const of = async (urn: string) =>
        [...(await attributesOf(urn)).values()].map((attribute) => ({
          path: urn === userUrn ? attribute.name : `${urn}:${attribute.name}`,
          holder: urn,
          attribute: attribute as Described,
        }));
      described = [...(await of(userUrn)), ...(await of(enterpriseUrn))];
    });

    it('type, multiValued, mutability', async () => {
      const created = await scim.post('/Users', bodyOf('Aa')).expect(201);
      const { id } = created.body;
      const patch = async (path: string, value: unknown) =>
        scim.patch(`/Users/${id}`, patchOf({ op: 'replace', path, value }));
      for (const one of described) {
        const { path, attribute } = one;
        if (writable(attribute)) {
          expect([path, shown(created.body, one)]).toEqual([path, whole(attribute, 'Aa')]);
          const changed = await patch(path, whole(attribute, 'Bb'));
          expectScimAnswer(changed, 200);
          expect([path, shown(changed.body, one)]).toEqual([path, whole(attribute, 'Bb')]);
        } else if (attribute.mutability === 'readOnly') {
          expectScimError(await patch(path, whole(attribute, 'Bb')), 400, 'mutability');
        } else {
          expect([path, attribute.mutability, attribute.returned]).toEqual([path, 'writeOnly', 'never']);
        }
      }
    });

    it('caseExact, and that the types listed are not the only ones', async () => {
      const { id } = (await scim.post('/Users', bodyOf('Cc')).expect(201)).body;
      const leaves = described.flatMap(({ path, attribute }) =>
        (attribute.subAttributes ?? [attribute]).map((leaf) => ({
          leaf,
          path: leaf === attribute ? path : `${path}.${leaf.name}`,
        })),
      );
      for (const { path, leaf } of leaves.filter(
        (one) => writable(one.leaf) && one.leaf.type !== 'boolean',
      )) {
        const value = String(valueOf(leaf, 'Cc'));
        const other = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
        const found = async (text: string) =>
          (await idsBy(scim, 'Users', `id eq "${id}" and ${path} eq ${JSON.stringify(text)}`)).length > 0;
        expect([path, await found(value), await found(other)]).toEqual([path, true, !leaf.caseExact]);
        expect(leaf.canonicalValues ?? []).not.toContain(value);
      }
    });

    it('required, uniqueness, returned', async () => {
      const body = bodyOf('Dd');
      const user = (await scim.post('/Users', body).expect(201)).body;
      for (const one of described) {
        const { path, attribute, holder } = one;
        if (holder === userUrn) {
          const { [attribute.name]: own, ...rest } = bodyOf(`Dd ${attribute.name}`);
          const without = await scim.post('/Users', rest);
          expect([path, without.status]).toEqual([path, attribute.required ? 400 : 201]);
          if (own !== undefined && attribute.uniqueness !== undefined) {
            const rival = { ...bodyOf(`Dd other ${attribute.name}`), [attribute.name]: body[attribute.name] };
            const { status } = await scim.post('/Users', rival);
            expect([path, status]).toEqual([path, attribute.uniqueness === 'server' ? 409 : 201]);
          }
        }
        const asked = (await scim.get(`/Users/${user.id}?attributes=${path}`).expect(200)).body;
        const excluded = (await scim.get(`/Users/${user.id}?excludedAttributes=${path}`).expect(200)).body;
        const hasValue = writable(attribute) && attribute.returned !== 'never';
        expect([path, shown(asked, one) !== undefined]).toEqual([path, hasValue]);
        expect([path, shown(excluded, one) !== undefined]).toEqual([path, attribute.returned === 'always']);
      }
    });
  });

  it('publishes the types of e-mail, the password that nobody reads, the groups that nobody writes', async () => {
    const user = await attributesOf(userUrn);
    const type = user.get('emails')?.subAttributes?.find(({ name }) => name === 'type');
    expect(type).toMatchObject({ canonicalValues: ['work', 'home', 'other'] });
    expect(user.get('userName')).toMatchObject({ required: true, caseExact: false, uniqueness: 'server' });
    expect(user.get('password')).toMatchObject({ mutability: 'writeOnly', returned: 'never' });
    expect(user.get('groups')).toMatchObject({ mutability: 'readOnly', multiValued: true });
    expect(user.get('externalId')).toMatchObject({ caseExact: true, uniqueness: 'none' });
    expect((await attributesOf(groupUrn)).get('externalId')).toMatchObject({ uniqueness: 'none' });
  });

  it('requires a displayName of groups and declares the display of members', async () => {
    const group = await attributesOf(groupUrn);
    expect(group.get('displayName')).toMatchObject({ required: true });
    const members = group.get('members');
    expect(members?.subAttributes?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['value', '$ref', 'type', 'display']),
    );
  });
});

function byOrderIn(body: ListBody): (left: string, right: string) => number {
  const order = body.Resources.map(({ id }) => id);
  return (left, right) => order.indexOf(left) - order.indexOf(right);
}

describe('errors (RFC 7644 §3.12)', () => {
  it('answers 401 with a challenge to no token and to a bad one, wherever', async () => {
    for (const path of ['/Users', '/Groups/x', '/ResourceTypes', '/Schemas/x', '/nothing', '/Me']) {
      const none = await service.http.get(`/scim/v2${path}`);
      expectScimError(none, 401);
      expect(none.headers['www-authenticate']).toMatch(/^Bearer/);
      const bad = await scimClient(service, 'bad').get(path);
      expectScimError(bad, 401);
      expect(bad.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  it('tells everybody what it can do, but tells a bad token that it is bad (RFC 7643 §5)', async () => {
    const withToken = await scim.get('/ServiceProviderConfig');
    for (const path of [
      '/ServiceProviderConfig',
      '/serviceproviderconfig/',
      '//ServiceProviderConfig?count=1',
    ]) {
      const none = await service.http.get(`/scim/v2${path}`);
      expectScimAnswer(none, 200);
      expect(none.body).toEqual(withToken.body);
    }
    expectScimAnswer(await service.http.get('/scim/v2/ServiceProviderConfig').set('Authorization', ''), 200);
    expect((await service.http.head('/scim/v2/ServiceProviderConfig')).status).toBe(200);
    expectScimError(await scimClient(service, 'bad').get('/ServiceProviderConfig'), 401);
    expectScimError(
      await service.http.get(`/scim/v2/ServiceProviderConfig?access_token=${workspace.token}`),
      401,
    );
    for (const path of ['/ServiceProviderConfig/x', '/ServiceProviderConfigs', '/ServiceProviderConfi%67']) {
      expectScimError(await service.http.get(`/scim/v2${path}`), 401);
    }
    expectScimError(await service.http.post('/scim/v2/ServiceProviderConfig'), 401);
  });

  it('takes the scheme word in any case', async () => {
    expectScimAnswer(
      await service.http.get('/scim/v2/Users').set('Authorization', `bearer ${workspace.token}`),
      200,
    );
    expectScimAnswer(
      await service.http.get('/scim/v2/Users').set('Authorization', `Basic ${workspace.token}`),
      401,
    );
  });

  it.each(['/nothing', '/Devices', '/Users/a/b', '/../secret', '/Users%2F'])(
    'answers 404 at %s',
    async (path) => {
      expectScimError(await scim.get(path), 404);
    },
  );

  it.each([
    ['delete', '/Users', 'GET, POST'],
    ['patch', '/Groups', 'GET, POST'],
    ['post', '/Schemas', 'GET'],
    ['delete', '/ServiceProviderConfig', 'GET'],
    ['put', '/ResourceTypes/User', 'GET'],
    ['get', '/Bulk', 'POST'],
    ['get', '/.search', 'POST'],
    ['post', '/', 'GET'],
    ['post', '/Users/x', 'GET, PUT, PATCH, DELETE'],
  ] as const)('answers 405 with Allow to %s %s', async (method, path, allow) => {
    const response = await scim.send(method, path, {});
    expectScimError(response, 405);
    expect(response.headers.allow).toBe(allow);
  });

  it.each([
    ['get', '/Me'],
    ['patch', '/Me'],
  ] as const)('answers 501 to %s %s, which it does not have', async (method, path) => {
    expectScimError(await scim.send(method, path, {}), 501);
  });

  it('answers to HEAD and OPTIONS without a fault', async () => {
    const user = await givenUser(scim);
    const url = `/scim/v2/Users/${user.id}`;
    const head = await service.http.head(url).set('Authorization', `Bearer ${workspace.token}`);
    expect(head.status).toBe(200);
    const options = await service.http.options(url).set('Authorization', `Bearer ${workspace.token}`);
    expect(options.status).toBeLessThan(500);
  });

  it('lets no cache keep an answer', async () => {
    const user = await givenUser(scim);
    for (const path of ['/Users', `/Users/${user.id}`, '/Users/none']) {
      expect((await scim.get(path)).headers['cache-control']).toBe('no-store');
    }
  });
});

describe('media types and URLs', () => {
  it.each([
    'application/scim+json',
    'application/json',
    'application/scim+json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/scim+json; charset=ISO-8859-1',
    'application/json; charset="us-ascii"',
    'application/json;charset=utf8;odata.metadata=minimal',
    'Application/SCIM+JSON ; Charset=utf-42',
    'application/json; charset',
    'application/json+scim',
    'text/json',
    'TEXT/JSON; charset=windows-1252',
  ])('takes a body of type "%s"', async (contentType) => {
    const body = JSON.stringify(userBody());
    expectScimAnswer(await scim.post('/Users').set('Content-Type', contentType).send(body), 201);
  });

  it.each([
    'application/scim+json; charset=ISO-8859-1',
    'text/plain; charset=utf-16',
    'application/x-www-form-urlencoded',
  ])('does not mind what kind of nothing a GET or DELETE brings: %s', async (contentType) => {
    const { id } = await givenUser(scim);
    const empty = { 'Content-Type': contentType, 'Content-Length': '0' };
    expectScimAnswer(await scim.get(`/Users/${id}`).set(empty), 200);
    expectScimAnswer(await scim.delete(`/Users/${id}`).set(empty), 204);
  });

  it('reads UTF-8 whatever the charset says, and keeps the letters', async () => {
    const type = 'application/json; charset=ISO-8859-1';
    const body = JSON.stringify(userBody({ displayName: 'Jürgen 😀' }));
    const response = await scim.post('/Users').set('Content-Type', type).send(body);
    expectScimAnswer(response, 201);
    expect(response.body).toMatchObject({ displayName: 'Jürgen 😀' });
  });

  it('answers 415, not an empty user, to another media type', async () => {
    const response = await scim.post('/Users', userBody()).set('Content-Type', 'text/plain');
    expectScimError(response, 415);
  });

  it.each(['*/*', 'text/html, */*', 'application/json', 'text/html', 'application/xml'])(
    'answers SCIM whatever Accept says: %s',
    async (accept) => {
      expectScimAnswer(await scim.get('/Users').set('Accept', accept), 200);
    },
  );

  it.each(['/Users/', '//Users', '/Users?', '/Users?&', '/Users/?count=1&', '/users'])(
    'takes a URL that was put together carelessly: %s',
    async (path) => {
      expectScimAnswer(await scim.get(path), 200);
    },
  );

  it('ignores parameters that it does not know', async () => {
    expectScimAnswer(
      await scim.get('/Users?aadOptscim062020&x=1&prefer=none').set('Prefer', 'respond-async'),
      200,
    );
  });

  it('reads + as a space and %2B as a plus, and decodes once', async () => {
    const { id } = await givenUser(scim, { userName: 'a+b%41@example.com' });
    expect(await idsBy(scim, 'Users', 'userName eq "a+b%41@example.com"')).toEqual([id]);
    const response = await scim.get('/Users?filter=userName+eq+%22a%2Bb%2541@example.com%22').expect(200);
    expect(response.body.totalResults).toBe(1);
  });

  it('makes addresses from the public URL, not from the Host header', async () => {
    const response = await scim.post('/Users', userBody()).set('Host', 'evil.example');
    expect(response.headers.location).toMatch(new RegExp(`^${service.config.publicUrl}/scim/v2/Users/`));
  });

  it('answers a client that sends no User-Agent', async () => {
    expectScimAnswer(await scim.get('/Users').unset('User-Agent'), 200);
  });

  it('takes a DELETE with a JSON media type and no body', async () => {
    const user = await givenUser(scim);
    const response = await scim.delete(`/Users/${user.id}`).set('Content-Type', 'application/scim+json');
    expectScimAnswer(response, 204);
  });

  it('answers an unknown PATCH target with 404 before it looks at anything else of it', async () => {
    const change = patchOf({ op: 'replace', path: 'title', value: 'x' });
    expectScimAnswer(await scim.patch('/Users/00919288221112222', change), 404);
  });
});
