import { describe, expect, it } from '@jest/globals';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  idsBy,
  patchOf,
  readGroup,
  readUser,
  userBody,
  userUrn,
} from './directory.ts';
import { expectScimError } from './scim-expectations.ts';

/** Attributes that Okta admins put into the core schema, the enterprise extension and complex attributes. */
const custom = {
  orgRole: 'Lead',
  clearance: { level: 3, areas: ['lab', null] },
  name: { familyName: 'Berg', middleInitial: 'Q' },
  emails: [{ value: 'anna@example.com', type: 'work', verified: true }],
  [enterpriseUrn]: {
    department: 'Finance',
    hireDate: '2021-05-01',
    manager: { value: 'boss', mail: 'b@example.com' },
  },
};

const service = useService();
const workspace = useWorkspace(service);

describe('attributes that a known schema does not define', () => {
  it('come back verbatim from POST, PUT and Bulk, of users and groups', async () => {
    const { scim } = workspace;
    const created = await givenUser(scim, custom);
    expect(await readUser(scim, created.id)).toMatchObject(custom);
    expect(created.schemas).toEqual([userUrn, enterpriseUrn]);
    const put = await scim
      .put(`/Users/${created.id}`, userBody({ ...custom, orgRole: ['a', 1] }))
      .expect(200);
    expect(put.body).toMatchObject({ ...custom, orgRole: ['a', 1] });
    const data = userBody({ ...custom, badge: 7 });
    const bulk = await scim
      .post('/Bulk', { Operations: [{ method: 'POST', path: '/Users', bulkId: 'x', data }] })
      .expect(200);
    const [{ location = '' } = {}] = bulk.body.Operations;
    expect(await readUser(scim, location.split('/').at(-1) ?? '')).toMatchObject({ ...custom, badge: 7 });
    const group = await givenGroup(scim, { purpose: 'lunch', owners: [{ value: 'o' }] });
    expect(await readGroup(scim, group.id)).toMatchObject({ purpose: 'lunch', owners: [{ value: 'o' }] });
  });

  it('are set, changed and removed by every kind of PATCH, and what changed is told', async () => {
    const { scim, admin } = workspace;
    const { id } = await givenUser(scim, { orgRole: 'Lead' });
    const { body } = await scim
      .patch(
        `/Users/${id}`,
        patchOf(
          { op: 'Add', path: `${enterpriseUrn}:hireDate`, value: '2021-05-01' },
          { op: 'Add', path: `${enterpriseUrn}.badge`, value: 7 },
          {
            op: 'replace',
            value: { ORGROLE: 'Head', 'name.middleInitial': 'Q', [`${userUrn}:clearance`]: 3 },
          },
        ),
      )
      .expect(200);
    expect(body).toMatchObject({
      orgRole: 'Head',
      clearance: 3,
      name: { middleInitial: 'Q' },
      [enterpriseUrn]: { hireDate: '2021-05-01', badge: 7 },
    });
    const log = (await admin.get('/api/provisioning-log?limit=1').expect(200)).body;
    const told = (await admin.get(`/api/provisioning-log/${log.items[0]!.id}`).expect(200)).body;
    expect(told.meaning.code).toBe('changed');
    expect(told.changes.map(({ path }) => path).sort()).toEqual(
      [
        'clearance',
        'name.middleInitial',
        'orgRole',
        `${enterpriseUrn}:badge`,
        `${enterpriseUrn}:hireDate`,
      ].sort(),
    );
    const after = await scim
      .patch(
        `/Users/${id}`,
        patchOf({ op: 'remove', path: 'orgrole' }, { op: 'remove', path: enterpriseUrn }),
      )
      .expect(200);
    expect(after.body).not.toHaveProperty('orgRole');
    expect(after.body).not.toHaveProperty([enterpriseUrn]);
  });

  it('are found, sorted and projected by, whatever the case of their names', async () => {
    const { scim } = workspace;
    const anna = await givenUser(scim, custom);
    const carl = await givenUser(scim, {
      ORGROLE: 'analyst',
      name: { middleInitial: 'Z' },
      tags: ['a', 'b'],
    });
    await givenUser(scim);
    const found = (filter: string) => idsBy(scim, 'Users', filter);
    for (const filter of [
      'orgRole eq "lead"',
      `orgRole eq 'Lead'`,
      `${userUrn}:orgrole sw "L"`,
      'clearance.level eq 3',
      'clearance.LEVEL gt 2',
      'name.middleInitial eq "q"',
      'emails.verified eq true',
      'emails[type eq "work" and verified eq true]',
      `${enterpriseUrn}:hireDate ge "2021"`,
      `${enterpriseUrn}.hireDate pr`,
      'manager.mail eq "b@example.com"',
    ]) {
      expect([filter, await found(filter)]).toEqual([filter, [anna.id]]);
    }
    expect(await found('orgRole pr')).toEqual([anna.id, carl.id].sort());
    expect(await found('tags eq "B"')).toEqual([carl.id]);
    expect(await found('nobodyHasThis eq "x"')).toEqual([]);
    for (const sortBy of ['orgRole', 'name.middleInitial', `${enterpriseUrn}.hireDate`]) {
      const { body } = await scim
        .get(`/Users?sortBy=${sortBy}&sortOrder=descending&filter=orgRole%20pr`)
        .expect(200);
      expect(body.Resources).toHaveLength(2);
    }
    const sorted = await scim.get('/Users?sortBy=ORGrole&attributes=orgrole').expect(200);
    expect(sorted.body.Resources.map((user) => user.ORGROLE ?? user.orgRole)).toEqual([
      'analyst',
      'Lead',
      undefined,
    ]);
    const projected = await scim.get(
      `/Users/${anna.id}?attributes=name.middleinitial,${enterpriseUrn}.HIREDATE`,
    );
    expect(projected.body).toMatchObject({
      name: { middleInitial: 'Q' },
      [enterpriseUrn]: { hireDate: '2021-05-01' },
    });
    expect(projected.body).not.toHaveProperty('orgRole');
    expect((await scim.get('/?filter=orgRole%20eq%20%22lead%22').expect(200)).body).toMatchObject({
      totalResults: 1,
    });
  });

  it('are seen by sources and suggestions, fill members by rules, and stand in /Schemas when a rule reads them', async () => {
    const { scim, admin } = workspace;
    await givenUser(scim, custom);
    await givenUser(scim, { ...custom, emails: [{ value: 'b@example.com', type: 'work' }] });
    const sources = (await admin.get('/api/attribute-mapping/sources').expect(200)).body;
    const seen = new Map(sources.items.map(({ path, count }) => [path, count]));
    for (const path of ['orgRole', 'clearance.level', 'name.middleInitial', `${enterpriseUrn}:hireDate`]) {
      expect([path, seen.get(path)]).toEqual([path, 2]);
    }
    const suggested = JSON.stringify(
      (await admin.get('/api/attribute-mapping/suggestions').expect(200)).body,
    );
    expect(suggested).toContain('orgRole');
    expect(suggested).toContain('hireDate');

    const mapping = (await admin.get('/api/attribute-mapping').expect(200)).body;
    const rules = mapping.rules.filter(({ target }) => !('field' in target) || target.field !== 'jobTitle');
    const mapped = ['orgRole', `${enterpriseUrn}:hireDate`, 'name.middleInitial'].map((source, at) => ({
      source: { firstOf: [source] },
      transforms: [],
      target: { field: 'jobTitle' },
      when: 'always',
      ...(at > 0 ? { alternative: true } : {}),
    }));
    await admin.put('/api/attribute-mapping', { ...mapping, rules: [...rules, ...mapped] }).expect(200);
    await synchronize(workspace.admin);
    expect((await allMembers(workspace.admin)).map((member) => member.jobTitle)).toEqual(['Lead', 'Lead']);
    const { body } = await scim.get('/Schemas').expect(200);
    const { Resources } = body;
    const namesOf = (urn: string) =>
      Resources.filter(({ id }) => id === urn).flatMap(({ attributes }) =>
        (attributes as { name: string }[]).map(({ name }) => name),
      );
    expect(namesOf(userUrn)).toEqual(expect.arrayContaining(['userName', 'orgRole']));
    expect(namesOf(enterpriseUrn)).toEqual(expect.arrayContaining(['department', 'hireDate']));
    expect((await scim.get(`/Schemas/${userUrn}`).expect(200)).text).toContain('middleInitial');
  });

  it('never shadow what is the service’s own, reach a prototype, or hold a secret', async () => {
    const { scim } = workspace;
    const body = JSON.parse(
      `{"ID":"x","Meta":{"version":"x"},"GROUPS":[{"value":"g"}],"SCHEMAS":["x"],"__proto__":{"a":1},"constructor":"c","toString":"t","hasOwnProperty":"h","initialPassword":"geheim-1","${enterpriseUrn}":{"__proto__":{"a":1},"apiKey":"geheim-2"}}`,
    ) as Record<string, unknown>;
    const response = await scim
      .post('/Users', { ...userBody(), ...body, ['__proto__']: { a: 1 } })
      .expect(201);
    const user = response.body;
    expect(user).toMatchObject({ constructor: 'c', toString: 't', hasOwnProperty: 'h' });
    expect(
      Object.keys(user)
        .filter((key) => /^(id|meta|groups|schemas)$/i.test(key))
        .sort(),
    ).toEqual(['id', 'meta', 'schemas']);
    expect(response.text).not.toContain('geheim');
    expect(response.text).not.toContain('__proto__');
    const again = await scim.get(`/Users/${String(user.id)}`).expect(200);
    expect(again.body).toEqual(user);
  });
});

describe('a URN with a dot where a colon belongs', () => {
  it('names the attribute of the known schema in paths, keys, filters and projections, and opens no extension', async () => {
    const { scim } = workspace;
    const boss = await givenUser(scim);
    const { id } = await givenUser(scim);
    const dotted = { op: 'Add', path: `${enterpriseUrn}.manager`, value: [{ $ref: 'x', value: boss.id }] };
    const keys = { [`${enterpriseUrn.toUpperCase()}.Department`]: 'Sales', [`${userUrn}.title`]: 'T' };
    await scim.patch(`/Users/${id}`, patchOf(dotted, { op: 'replace', value: keys })).expect(200);
    const after = await readUser(scim, id);
    expect(after).toMatchObject({
      title: 'T',
      [enterpriseUrn]: { department: 'Sales', manager: { value: boss.id } },
    });
    expect(after.schemas).toEqual([userUrn, enterpriseUrn]);
    const filters = [
      `${enterpriseUrn}.manager.value eq "${boss.id}"`,
      `${enterpriseUrn}.manager eq "${boss.id}"`,
      `${enterpriseUrn}.department eq 'sales' and ${userUrn}.title pr`,
    ];
    for (const filter of filters) expect(await idsBy(scim, 'Users', filter)).toEqual([id]);
    const projected = await scim.get(`/Users/${id}?attributes=${enterpriseUrn}.department`).expect(200);
    expect(projected.body).toMatchObject({ [enterpriseUrn]: { department: 'Sales' } });
    await scim.patch(`/Users/${id}`, patchOf({ op: 'Remove', path: `${enterpriseUrn}.manager` })).expect(200);
    expect((await readUser(scim, id))[enterpriseUrn]).toEqual({ department: 'Sales' });
    const posted = await givenUser(scim, { [`${enterpriseUrn}.manager`]: { value: boss.id } });
    expect(posted).toMatchObject({ [enterpriseUrn]: { manager: { value: boss.id } } });
    expect(posted.schemas).toEqual([userUrn, enterpriseUrn]);
  });

  it('and a mere beginning of a known URN becomes no extension', async () => {
    const { scim } = workspace;
    const beginning = enterpriseUrn.slice(0, -':User'.length);
    const user = await givenUser(scim, { [beginning]: { User: { department: 'x' } }, title: 'kept' });
    expect(user).toMatchObject({ title: 'kept', schemas: [userUrn] });
    expect(user).not.toHaveProperty([beginning]);
    const path = `${beginning.slice(0, -':2.0'.length)}:manager`;
    expectScimError(
      await scim.patch(`/Users/${user.id}`, patchOf({ op: 'add', path, value: 'x' })),
      400,
      'invalidPath',
    );
    await scim
      .patch(`/Users/${user.id}`, patchOf({ op: 'add', value: { [beginning]: { a: 1 }, title: 'new' } }))
      .expect(200);
    expect(await readUser(scim, user.id)).toMatchObject({ title: 'new', schemas: [userUrn] });
  });
});
