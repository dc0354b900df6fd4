import { describe, expect, it } from '@jest/globals';
import { complex, single } from './attribute-builders.ts';
import { diffResources } from './diff.ts';
import { resourceTypes, schemas, serviceProviderConfig } from './discovery.ts';
import type { Attribute, Schema } from './schema.ts';

const base = 'https://example.com/scim/v2';

interface Described {
  name: string;
  type: string;
  subAttributes?: Described[];
}

describe('discovery', () => {
  it('describes every attribute completely and without nulls', () => {
    const visit = (attribute: Described): void => {
      const keys = ['name', 'type', 'multiValued', 'description', 'required', 'mutability', 'returned'];
      expect(Object.keys(attribute)).toEqual(expect.arrayContaining(keys));
      if (attribute.type !== 'complex')
        expect(attribute).toMatchObject({ uniqueness: expect.any(String), caseExact: expect.any(Boolean) });
      for (const sub of attribute.subAttributes ?? []) {
        expect(sub.type).not.toBe('complex');
        visit(sub);
      }
    };
    const all = schemas(base);
    expect(all.map((schema) => schema.name)).toEqual(['User', 'EnterpriseUser', 'Group']);
    for (const schema of all) (schema.attributes as Described[]).forEach(visit);
    expect(JSON.stringify(all)).not.toContain('null');
  });

  it('names the type of values that Entra maps by', () => {
    const user = schemas(base)[0]?.attributes as Described[];
    const emails = user.find((attribute) => attribute.name === 'emails');
    expect(emails?.subAttributes).toContainEqual(
      expect.objectContaining({ name: 'type', canonicalValues: ['work', 'home', 'other'] }),
    );
    expect(user).toContainEqual(
      expect.objectContaining({ name: 'userName', required: true, caseExact: false, uniqueness: 'server' }),
    );
    expect(user).toContainEqual(
      expect.objectContaining({ name: 'password', mutability: 'writeOnly', returned: 'never' }),
    );
  });

  it('gives resource types with relative endpoints and absolute locations', () => {
    expect(resourceTypes(base)).toEqual([
      expect.objectContaining({
        id: 'User',
        endpoint: '/Users',
        schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
        schemaExtensions: [
          { schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false },
        ],
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
      }),
      expect.objectContaining({ id: 'Group', endpoint: '/Groups', schemaExtensions: [] }),
    ]);
  });

  it('advertises nothing that is not there', () => {
    expect(serviceProviderConfig(base)).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      changePassword: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [
        { type: 'oauthbearertoken', primary: true },
        { type: 'oauth2', primary: false },
      ],
    });
    expect(
      serviceProviderConfig(base, { etag: true, bulk: { maxOperations: 5, maxPayloadSize: 6 } }),
    ).toMatchObject({
      bulk: { supported: true, maxOperations: 5, maxPayloadSize: 6 },
      etag: { supported: true },
    });
  });
});

describe('attributes of a workspace of its own', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const described = (id: string, attributes: Attribute[]): Schema => ({
    id,
    name: 'x',
    description: '',
    attributes,
  });
  const own = [
    described('urn:ietf:params:scim:schemas:core:2.0:User', [
      single('orgRole', ''),
      complex('name', '', [single('middleInitial', '')]),
      single('TITLE', 'known already'),
    ]),
    described(enterprise, [single('hireDate', '')]),
    described('urn:acme:2.0:User', [single('tag', '')]),
  ];

  it('stand in the schemas that they were put into, and each schema is listed once', () => {
    const listed = schemas(base, own) as unknown as { id: string; attributes: Described[] }[];
    const namesOf = (urn: string) =>
      listed.filter(({ id }) => id === urn).map(({ attributes }) => attributes.map(({ name }) => name));
    const [user = []] = namesOf('urn:ietf:params:scim:schemas:core:2.0:User');
    expect(user).toContain('orgRole');
    expect(user.filter((name) => /^(title|name)$/i.test(name)).sort()).toEqual(['name', 'title']);
    expect(namesOf(enterprise)).toEqual([expect.arrayContaining(['department', 'hireDate'])]);
    expect(namesOf('urn:acme:2.0:User')).toEqual([['tag']]);
    const name = listed[0]?.attributes.find((attribute) => attribute.name === 'name');
    expect(name?.subAttributes?.map((sub) => sub.name)).toEqual(
      expect.arrayContaining(['givenName', 'middleInitial']),
    );
    expect(schemas(base)).toHaveLength(listed.length - 1);
  });

  it('make no extension of a schema that is known', () => {
    const [user] = resourceTypes(base, own) as unknown as { schemaExtensions: { schema: string }[] }[];
    expect(user?.schemaExtensions.map(({ schema }) => schema)).toEqual([enterprise, 'urn:acme:2.0:User']);
  });
});

describe('the difference of two resources', () => {
  const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

  it('is told attribute by attribute', () => {
    const before = {
      userName: 'a',
      title: 't',
      name: { givenName: 'g', familyName: 'f' },
      emails: [{ value: 'x' }],
      [urn]: { department: 'd' },
    };
    const after = {
      userName: 'a',
      active: false,
      name: { givenName: 'h', familyName: 'f' },
      emails: [{ value: 'y' }],
      [urn]: { department: 'd', manager: { value: 'm' } },
    };
    expect(diffResources(before, after)).toEqual([
      { path: 'title', before: 't', after: null },
      { path: 'name.givenName', before: 'g', after: 'h' },
      { path: 'emails', before: [{ value: 'x' }], after: [{ value: 'y' }] },
      { path: `${urn}:manager`, before: null, after: { value: 'm' } },
      { path: 'active', before: null, after: false },
    ]);
  });

  it('is empty for equal resources, and never holds a password', () => {
    expect(diffResources({ a: [1], name: { x: 1, y: 2 } }, { name: { y: 2, x: 1 }, a: [1] })).toEqual([]);
    expect(diffResources({}, { password: 'x' })).toEqual([]);
  });
});
