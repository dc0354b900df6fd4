import { describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenWorkspace, scimClient } from '../harness/workspace.ts';
import {
  enterpriseUrn,
  givenGroup,
  givenUser,
  groupUrn,
  idsBy,
  listBy,
  memberIds,
  patchOf,
  patchUser,
  readGroup,
  readUser,
  userBody,
  userUrn,
  type Member,
  type Operation,
} from './directory.ts';
import { expectScimAnswer, expectScimError } from './scim-expectations.ts';

/** What went wrong at other servers, as told in public threads; the source stands beside each test. */

const service = useService();
const workspace = useSharedWorkspace(service);
const { scim } = workspace;

async function patchGroup(id: string, ...operations: Operation[]): Promise<void> {
  expectScimAnswer(await scim.patch(`/Groups/${id}`, patchOf(...operations)), 204);
}

const everybody = ['a', 'b', 'c', 'd'];

describe('members', () => {
  // MicrosoftDocs/azure-docs#30826, apache/directory-scimple#436, AzureAD/SCIMReferenceCode#10
  it('Remove members with values removes only those, whatever else they carry', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, {
      op: 'Remove',
      path: 'members',
      value: [{ $ref: null, value: 'b', display: 'other' }],
    });
    expect(await memberIds(scim, id)).toEqual(['a', 'c', 'd']);
  });

  it('Remove members without a value empties the group', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, { op: 'remove', path: 'members' });
    expect(await memberIds(scim, id)).toEqual([]);
  });

  it('Remove members with an empty list of values removes nobody', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, { op: 'Remove', path: 'members', value: [] });
    expect(await memberIds(scim, id)).toEqual(everybody);
  });

  // msaad00/agent-bom#3533
  it('a filter removes one of four, and add appends to three', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, { op: 'remove', path: 'members[value eq "a"]' });
    expect(await memberIds(scim, id)).toEqual(['b', 'c', 'd']);
    await patchGroup(id, { op: 'add', path: 'members', value: [{ value: 'e' }] });
    expect(await memberIds(scim, id)).toEqual(['b', 'c', 'd', 'e']);
  });

  // langwatch/langwatch#7131
  it('replacing anything but members leaves the members', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, { op: 'replace', path: 'externalId', value: 'x-1' });
    await patchGroup(id, { op: 'replace', value: { displayName: 'New', externalId: 'x-2' } });
    expect(await memberIds(scim, id)).toEqual(everybody);
  });

  // keycloak/keycloak#52752
  it('replacing members removes those who are no longer named', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, { op: 'replace', path: 'members', value: [{ value: 'c' }, { value: 'z' }] });
    expect(await memberIds(scim, id)).toEqual(['c', 'z']);
  });

  // FusionAuth/fusionauth-issues#2834
  it('removing several members in one request removes exactly those', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(
      id,
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'remove', path: 'members[value eq "c"]' },
    );
    expect(await memberIds(scim, id)).toEqual(['b', 'd']);
  });

  // Captain-P-Goldfish/SCIM-SDK#757
  it('replacing members by an empty list is legal, also on an empty group', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    for (let round = 0; round < 2; round += 1) {
      await patchGroup(id, { op: 'replace', path: 'members', value: [] });
      expect(await memberIds(scim, id)).toEqual([]);
    }
  });

  // wso2/product-is#8589, SimpleIdServer#269
  it('adding a member who is there, or twice in one request, keeps them once', async () => {
    const { id } = await givenGroup(scim, {}, everybody);
    await patchGroup(id, {
      op: 'add',
      path: 'members',
      value: [{ value: 'a' }, { value: 'e' }, { value: 'e' }],
    });
    expect(await memberIds(scim, id)).toEqual([...everybody, 'e']);
  });

  // Infisical/infisical#6471
  it('removing an absent member is no error, an absent group is a 404', async () => {
    const group = await givenGroup(scim, {}, everybody);
    const change = { op: 'Remove', path: 'members', value: [{ value: 'nobody' }] };
    await patchGroup(group.id, change);
    expect(await readGroup(scim, group.id)).toEqual(group);
    await scim.delete(`/Groups/${group.id}`).expect(204);
    expectScimError(await scim.patch(`/Groups/${group.id}`, patchOf(change)), 404);
  });

  // SimpleIdServer#490, Infisical/infisical#6525
  it('excludedAttributes=members is honoured by every read', async () => {
    const { id } = await givenGroup(scim, { externalId: 'lean' }, everybody);
    const one = await scim.get(`/Groups/${id}?excludedAttributes=Members`);
    const listed = await scim
      .get('/Groups?excludedAttributes=members&filter=externalId%20eq%20%22lean%22')
      .expect(200);
    expect(one.body).not.toHaveProperty('members');
    expect(listed.body.Resources[0]).not.toHaveProperty('members');
    expect(listed.body.totalResults).toBe(1);
  });

  // fleetdm/fleet#52600, lightdash#24458
  it('an unknown member does not fail the push, and becomes a real one when they arrive', async () => {
    const known = await givenUser(scim);
    const { id } = await givenGroup(scim);
    const value = [{ value: known.id }, { value: 'waiting-1' }];
    await patchGroup(id, { op: 'add', path: 'members', value });
    expect(await memberIds(scim, id)).toEqual([known.id, 'waiting-1'].sort());
    const arrived = await givenUser(scim, { externalId: 'waiting-1' });
    expect(await memberIds(scim, id)).toEqual([known.id, arrived.id].sort());
    expect((await readUser(scim, arrived.id)).groups).toEqual([expect.objectContaining({ value: id })]);
  });

  it('who becomes a member by another externalId is answered with all their groups', async () => {
    const user = await givenUser(scim);
    const before = await givenGroup(scim, { displayName: 'Before' }, [user.id]);
    const waiting = await givenGroup(scim, { displayName: 'Waiting' }, ['waiting-2', user.id]);
    const other = await givenGroup(scim, { displayName: 'Other' }, ['waiting-2']);
    const all = [before, waiting, other].map(({ id }) => id).sort();
    const patch = patchOf({ op: 'replace', path: 'externalId', value: 'waiting-2' });
    const { groups } = (await scim.patch(`/Users/${user.id}`, patch).expect(200)).body;
    expect(groups).toEqual(all.map((value) => expect.objectContaining({ value })));
    expect((await readUser(scim, user.id)).groups).toEqual(groups);
  });

  // bitwarden/server#2919, ory/polis#3136
  it('members are taken by POST, PUT and PATCH alike', async () => {
    const { id } = await givenGroup(scim, {}, ['a']);
    expect(await memberIds(scim, id)).toEqual(['a']);
    await scim.put(`/Groups/${id}`, { displayName: 'x', members: [{ value: 'b' }] }).expect(200);
    expect(await memberIds(scim, id)).toEqual(['b']);
    await patchGroup(id, { op: 'add', path: 'members', value: { value: 'c' } });
    expect(await memberIds(scim, id)).toEqual(['b', 'c']);
  });

  it('memberships of an inactive user are kept', async () => {
    const user = await givenUser(scim);
    const { id } = await givenGroup(scim, {}, [user.id]);
    await patchUser(scim, user.id, { op: 'replace', path: 'active', value: false });
    expect(await memberIds(scim, id)).toEqual([user.id]);
  });

  it('a member who is named by externalId and by id is one member', async () => {
    const user = await givenUser(scim, { externalId: 'both-names' });
    const { id } = await givenGroup(scim, {}, ['both-names', user.id]);
    expect(await memberIds(scim, id)).toEqual([user.id]);
    await patchGroup(id, { op: 'remove', path: 'members', value: [{ value: 'both-names' }] });
    expect(await memberIds(scim, id)).toEqual([]);
  });
});

describe('paths and values', () => {
  // Captain-P-Goldfish/SCIM-SDK#416, scimmyjs/scimmy#95, thomaspoignant/scim-patch#42, zitadel/zitadel#9690
  it.each(['Add', 'Replace'])('%s of a filtered path creates the element that is missing', async (op) => {
    const user = await givenUser(scim);
    const after = await patchUser(scim, user.id, {
      op,
      path: 'emails[type eq "work"].value',
      value: 'new@example.com',
    });
    expect(after.emails).toEqual([{ type: 'work', value: 'new@example.com' }]);
  });

  // Captain-P-Goldfish/SCIM-SDK#680, #668, #673
  it('several operations on one missing element make one element, and a later one keeps its siblings', async () => {
    const user = await givenUser(scim);
    const path = 'addresses[type eq "work"]';
    const after = await patchUser(
      scim,
      user.id,
      { op: 'add', path: `${path}.formatted`, value: 'F' },
      { op: 'add', path: `${path}.locality`, value: 'L' },
      { op: 'add', path: `${path}.region`, value: 'R' },
      { op: 'replace', path: `${path}.region`, value: 'S' },
    );
    expect(after.addresses).toEqual([{ type: 'work', formatted: 'F', locality: 'L', region: 'S' }]);
  });

  // zitadel/zitadel#9690
  it('all sub-attributes are stored, so that a later filter finds the element', async () => {
    const phoneNumbers = [{ type: 'mobile', value: '1', display: 'one', primary: true }];
    const user = await givenUser(scim, { phoneNumbers });
    const after = await patchUser(scim, user.id, {
      op: 'replace',
      path: 'phoneNumbers[type eq "mobile"].value',
      value: '2',
    });
    expect(after.phoneNumbers).toEqual([{ type: 'mobile', value: '2', display: 'one', primary: true }]);
  });

  // AzureAD/SCIMReferenceCode#21, ssoready#155, kortix-ai/suna#7297
  it.each([
    ['False', false],
    ['FALSE', false],
    ['false', false],
    ['True', true],
    [[true], true],
    [[{ value: 'False' }], false],
  ])('active %j is read as %p, and never stored as text', async (value, expected) => {
    const user = await givenUser(scim, { active: !expected });
    expect((await patchUser(scim, user.id, { op: 'Replace', path: 'active', value })).active).toBe(expected);
    expect((await givenUser(scim, { active: value })).active).toBe(expected);
  });

  it.each(['no', 'Yes', '', 0, 1, 'null', {}, [true, false], null])(
    'active %j is refused or unset, never guessed',
    async (value) => {
      const user = await givenUser(scim, { active: true });
      const response = await scim.patch(
        `/Users/${user.id}`,
        patchOf({ op: 'replace', path: 'active', value }),
      );
      if (response.status !== 200) expectScimError(response, 400, 'invalidValue');
      expect((await readUser(scim, user.id)).active).not.toBe(false);
    },
  );

  // ssoready#159, pydantic/logfire#2355
  it.each(['ADD', 'Replace', 'rEpLaCe'])('op %s is folded', async (op) => {
    const user = await givenUser(scim);
    expect((await patchUser(scim, user.id, { op, path: 'title', value: 'x' })).title).toBe('x');
  });

  // rancher/rancher#55776
  it('add on a single-valued attribute replaces it, on users and groups', async () => {
    const user = await givenUser(scim, { displayName: 'Old' });
    expect(
      (await patchUser(scim, user.id, { op: 'Add', path: 'displayName', value: 'New' })).displayName,
    ).toBe('New');
    const group = await givenGroup(scim, { externalId: 'e-old' });
    await patchGroup(group.id, { op: 'Add', path: 'externalId', value: 'e-new' });
    expect((await readGroup(scim, group.id)).externalId).toBe('e-new');
  });

  // rancher/rancher#55776, SimpleIdServer#247
  it('re-asserting a read-only value that is the same is no error', async () => {
    const group = await givenGroup(scim);
    await patchGroup(group.id, { op: 'replace', value: { id: group.id, displayName: 'Group' } });
    expect(await readGroup(scim, group.id)).toEqual(group);
  });

  // grokability/snipe-it#19115, Captain-P-Goldfish/scim-for-keycloak#26
  it('keys of an operation without a path are paths: dotted, with a URN, with a filter', async () => {
    const user = await givenUser(scim, { name: { familyName: 'F' } });
    const value = {
      'name.givenName': 'G',
      [`${enterpriseUrn}:department`]: 'D',
      [`${enterpriseUrn}:manager.value`]: 'm',
      'emails[type eq "work"].value': 'w@example.com',
    };
    const after = await patchUser(scim, user.id, { op: 'replace', value });
    expect(after).toMatchObject({
      name: { familyName: 'F', givenName: 'G' },
      emails: [{ type: 'work', value: 'w@example.com' }],
      [enterpriseUrn]: { department: 'D', manager: { value: 'm' } },
    });
    for (const key of Object.keys(value)) expect(Object.keys(after)).not.toContain(key);
  });

  // getsentry/sentry-docs#16258
  it('PATCH changes more than active', async () => {
    const user = await givenUser(scim);
    const operations = ['displayName', 'nickName', 'locale'].map((path) => ({
      op: 'replace',
      path,
      value: 'x',
    }));
    expect(await patchUser(scim, user.id, ...operations)).toMatchObject({
      displayName: 'x',
      nickName: 'x',
      locale: 'x',
    });
  });

  // thomaspoignant/scim-patch#453
  it('a filter on a single-valued complex attribute treats it as a list of one', async () => {
    const user = await givenUser(scim, { [enterpriseUrn]: { manager: { value: 'm-1' }, department: 'D' } });
    expect(await idsBy(scim, 'Users', `id eq "${user.id}" and manager[value eq "m-1"]`)).toEqual([user.id]);
    const kept = await patchUser(scim, user.id, { op: 'remove', path: 'manager[value eq "other"]' });
    expect(kept[enterpriseUrn]).toHaveProperty('manager');
    const removed = await patchUser(scim, user.id, { op: 'remove', path: 'manager[value eq "m-1"]' });
    expect(removed[enterpriseUrn]).toEqual({ department: 'D' });
  });

  // apache/directory-scimple#1242, SCIM-SDK#686, #114
  it.each([
    { path: `${enterpriseUrn}:manager`, value: 'm' },
    { path: `${enterpriseUrn}:manager`, value: { value: 'm' } },
    { path: `${enterpriseUrn}:manager`, value: [{ $ref: 'x', value: 'm' }] },
    { path: `${enterpriseUrn}:manager.value`, value: 'm' },
    { path: 'manager', value: 'm' },
    { path: enterpriseUrn, value: { manager: 'm' } },
    { value: { [enterpriseUrn]: { manager: { value: 'm' } } } },
    { value: { [`${enterpriseUrn}:manager`]: 'm' } },
    { value: { manager: 'm' } },
  ])('manager is taken in the shape %j', async (operation) => {
    const user = await givenUser(scim);
    const after = await patchUser(scim, user.id, { op: 'add', ...operation });
    expect(after[enterpriseUrn]).toEqual({ manager: { value: 'm' } });
  });

  // imulab/go-scim#72, apache/directory-scimple#946
  it('an attribute of an extension that the user does not have yet creates the extension', async () => {
    const user = await givenUser(scim);
    const after = await patchUser(scim, user.id, {
      op: 'add',
      path: `${enterpriseUrn}:costCenter`,
      value: 'c',
    });
    expect(after.schemas).toEqual([userUrn, enterpriseUrn]);
    expect(after[enterpriseUrn]).toEqual({ costCenter: 'c' });
  });

  // MicrosoftDocs/entra-docs#215, scim-for-keycloak#172
  it('a complex value that is JSON in a string is read', async () => {
    const user = await givenUser(scim);
    const after = await patchUser(scim, user.id, {
      op: 'add',
      path: 'roles',
      value: '[{"value":"a","display":"A"}]',
    });
    expect(after.roles).toEqual([{ value: 'a', display: 'A' }]);
  });

  // buildbuddy#10578
  it('roles are selected by primary as a string, several roles kept', async () => {
    const user = await givenUser(scim, { roles: [{ value: 'a', primary: true }, { value: 'b' }] });
    const after = await patchUser(scim, user.id, {
      op: 'Replace',
      path: 'roles[primary eq "True"].value',
      value: 'c',
    });
    expect(after.roles).toEqual([{ value: 'c', primary: true }, { value: 'b' }]);
  });

  // jelhub/scimgateway#117; Chainguard's guide asks administrators to delete such mappings
  it('an attribute that nobody knows does not stop a deactivation in the same PATCH', async () => {
    const user = await givenUser(scim);
    const after = await patchUser(
      scim,
      user.id,
      { op: 'Add', path: 'shoeSize', value: 43 },
      { op: 'Add', path: 'pets[type eq "cat"].value', value: 'Tom' },
      { op: 'Replace', path: 'active', value: 'False' },
    );
    expect(after.active).toBe(false);
    expect(after).toMatchObject({ shoeSize: 43, pets: [{ type: 'cat', value: 'Tom' }] });
    const group = await givenGroup(scim);
    await patchGroup(group.id, {
      op: 'Add',
      path: 'emails[type eq "other"].value',
      value: [{ value: 'ab' }],
    });
  });

  // langwatch/langwatch#7131, pydantic/logfire#2355
  it('a PATCH that fails half-way leaves nothing behind', async () => {
    const group = await givenGroup(scim, {}, everybody);
    const response = await scim.patch(
      `/Groups/${group.id}`,
      patchOf(
        { op: 'remove', path: 'members' },
        { op: 'replace', path: 'displayName', value: 'New' },
        { op: 'replace', path: 'displayName', value: { not: 'a name' } },
      ),
    );
    expectScimError(response, 400, 'invalidValue');
    expect(await readGroup(scim, group.id)).toEqual(group);
  });
});

describe('identity', () => {
  // ory/polis#4065
  it('e-mail addresses are not unique, userName is, and says so by scimType', async () => {
    const emails = [{ type: 'work', value: 'shared@example.com' }];
    await givenUser(scim, { userName: 'one@example.com', emails });
    await givenUser(scim, { userName: 'two@example.com', emails });
    const third = userBody({ userName: 'ONE@example.com' });
    expectScimError(await scim.post('/Users', third), 409, 'uniqueness');
  });

  // better-auth#11111, FusionAuth#3244
  it('a POST for an inactive user with the same externalId brings them back under the same id', async () => {
    const body = userBody({ externalId: 'returner', title: 'Old' });
    const user = (await scim.post('/Users', body).expect(201)).body;
    await patchUser(scim, user.id, { op: 'replace', path: 'active', value: false });
    const response = await scim.post('/Users', { ...body, title: 'New' });
    expectScimAnswer(response, 201);
    expect(response.body).toMatchObject({ id: user.id, active: true, title: 'New' });
    expect(response.headers.location).toBe(user.meta.location);
    expectScimError(await scim.post('/Users', body), 409, 'uniqueness');
  });

  it('a POST for an inactive user who was renamed meanwhile brings them back under the same id', async () => {
    const user = await givenUser(scim, { externalId: 'renamed-returner', active: false });
    const response = await scim.post(
      '/Users',
      userBody({ externalId: 'renamed-returner', userName: 'new.name@example.com' }),
    );
    expectScimAnswer(response, 201);
    expect(response.body).toMatchObject({ id: user.id, active: true, userName: 'new.name@example.com' });
  });

  it('an inactive user is not taken for another one when several share an externalId', async () => {
    const inactive = await givenUser(scim, { externalId: 'not-one-person', active: false });
    const other = await givenUser(scim, {
      externalId: 'not-one-person',
      userName: 'x1@example.com',
      active: false,
    });
    const third = await givenUser(scim, { externalId: 'not-one-person' });
    expect([inactive.id, other.id]).not.toContain(third.id);
    const back = await givenUser(scim, { externalId: 'not-one-person', userName: 'X1@example.com' });
    expect(back.id).toBe(other.id);
  });

  it('a POST for an inactive user with the same userName but another externalId is a conflict', async () => {
    const body = userBody({ externalId: 'first-owner', active: false });
    await scim.post('/Users', body).expect(201);
    expectScimError(
      await scim.post('/Users', { ...body, externalId: 'second-owner', active: true }),
      409,
      'uniqueness',
    );
  });

  // kirodotdev/Kiro#10711
  it('a wrong externalId can be corrected, and is free again', async () => {
    const wrong = await givenUser(scim, { externalId: 'mis-mapped' });
    await patchUser(scim, wrong.id, { op: 'replace', path: 'externalId', value: 'corrected' });
    await givenUser(scim, { externalId: 'mis-mapped' });
    expect(await idsBy(scim, 'Users', 'externalId eq "corrected"')).toEqual([wrong.id]);
  });

  // FusionAuth/fusionauth-issues#3311
  it('a deactivated user can be activated by PATCH', async () => {
    const user = await givenUser(scim, { active: false });
    expect((await patchUser(scim, user.id, { op: 'Replace', path: 'active', value: 'True' })).active).toBe(
      true,
    );
  });

  // getprobo/probo#711
  it('active is honoured on POST, and true when it is absent', async () => {
    expect((await givenUser(scim, { active: false })).active).toBe(false);
    expect((await givenUser(scim, { active: undefined })).active).toBe(true);
    expect((await givenUser(scim, { active: null })).active).toBe(true);
  });

  // langwatch#6974, rancher#54869, grafana#105026
  it('externalId is stored, echoed and found, on users and groups', async () => {
    const user = await givenUser(scim, { externalId: 'ext-u' });
    const group = await givenGroup(scim, { externalId: 'ext-g' });
    expect([user.externalId, group.externalId]).toEqual(['ext-u', 'ext-g']);
    expect(await idsBy(scim, 'Users', 'externalId eq "ext-u"')).toEqual([user.id]);
    expect(await idsBy(scim, 'Groups', 'externalId eq "ext-g"')).toEqual([group.id]);
  });

  // zulip#21758, zitadel#9257, PostHog#42253
  it('userName is found in any case and shown as it was sent', async () => {
    const user = await givenUser(scim, { userName: 'Straße.ÄÖÜ@Example.com' });
    const body = await listBy(scim, 'Users', 'userName eq "straße.äöü@EXAMPLE.COM"');
    expect(body.Resources).toEqual([
      expect.objectContaining({ id: user.id, userName: 'Straße.ÄÖÜ@Example.com' }),
    ]);
  });

  it('two groups may have one name', async () => {
    const first = await givenGroup(scim, { displayName: 'Same name' });
    const second = await givenGroup(scim, { displayName: 'same NAME' });
    expect(await idsBy(scim, 'Groups', 'displayName eq "Same Name"')).toEqual([first.id, second.id].sort());
  });

  // authentik#16678
  it('a PUT answers 404 only when there is no such id', async () => {
    const user = await givenUser(scim);
    expectScimError(await scim.put(`/Users/${user.id}`, { schemas: [userUrn] }), 400, 'invalidValue');
    expectScimError(
      await scim.put(`/Users/${user.id}`, userBody({ active: 'perhaps' })),
      400,
      'invalidValue',
    );
    expectScimError(await scim.put('/Users/unknown', userBody()), 404);
  });
});

describe('filters', () => {
  // open-webui#18039, scim-for-keycloak#167, SimpleIdServer#489
  it('operators, attributes and text are folded', async () => {
    const user = await givenUser(scim, { displayName: 'Folded Öztürk' });
    expect(await idsBy(scim, 'Users', 'DisplayName EQ "FOLDED ÖZTÜRK"')).toEqual([user.id]);
  });

  // apache/directory-scimple#564, #981, SCIM-SDK#913, wso2/product-is#6919
  it.each(['José', `TestGrp-!@#$%^&*()_+=-{}][\\":;'/.,?\\1`, `O'Neil`, '漢字 😀', 'a+b&c=d', ' " ', '\\'])(
    'the name %s is found as it is',
    async (displayName) => {
      const group = await givenGroup(scim, { displayName });
      const filter = `displayName eq ${JSON.stringify(displayName)}`;
      expect((await listBy(scim, 'Groups', filter)).Resources).toEqual([
        expect.objectContaining({ id: group.id, displayName }),
      ]);
    },
  );

  // goauthentik/authentik#16455, #16677
  it('a bare word is a text', async () => {
    const user = await givenUser(scim, { userName: 'akadmin' });
    expect(await idsBy(scim, 'Users', 'userName eq akadmin')).toEqual([user.id]);
  });

  // Infisical#6552, snipe-it#18014, wso2/product-is#9957
  it('pages neither overlap nor leave anyone out, and the total is that of the filter', async () => {
    const { scim: other } = await givenWorkspace(service);
    const group = await givenGroup(other);
    const ids: string[] = [];
    for (let at = 0; at < 7; at += 1) {
      const emails = [{ value: `${at}@example.com` }, { value: `${at}@home.example.com` }];
      ids.push((await givenUser(other, { emails })).id);
    }
    await other.patch(
      `/Groups/${group.id}`,
      patchOf({ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }),
    );
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= 7; startIndex += 3) {
      const query = `filter=${encodeURIComponent('emails co "example.com"')}&startIndex=${startIndex}&count=3`;
      const page = (await other.get(`/Users?${query}`).expect(200)).body;
      expect(page).toMatchObject({ totalResults: 7, startIndex });
      seen.push(...page.Resources.map(({ id }) => id));
    }
    expect(seen).toEqual(ids);
  });
});

describe('HTTP', () => {
  // pond/scimitar#142, nestjs/nest#12556, scimmy-routers#22
  it.each([
    'application/json',
    'application/scim+json',
    'application/scim+json; charset=utf-8',
    'application/vnd.api+json',
  ])('a body of type %s is read', async (contentType) => {
    const response = await scim.post('/Users', userBody({ title: 'Read' })).set('Content-Type', contentType);
    expectScimAnswer(response, 201);
    expect(response.body).toMatchObject({ title: 'Read' });
  });

  // Metatavu/keycloak-scim-server#101, agent-bom#3536, wso2/product-is#16097, #11248, #16933
  it('what the client did wrong is a 4xx in SCIM, never a 500', async () => {
    const { id } = await givenGroup(scim);
    const malformed = await scim
      .post('/Users')
      .set('Content-Type', 'application/scim+json')
      .send('{"userName":');
    expectScimError(malformed, 400, 'invalidSyntax');
    expectScimError(await scim.get('/Groups/unknown'), 404);
    expectScimError(
      await scim.patch(`/Groups/${id}`, patchOf({ op: 'add', path: '][', value: 'x' })),
      400,
      'invalidPath',
    );
    expectScimError(
      await scim.patch(`/Groups/${id}`, patchOf({ op: 'add', path: 'members', value: { display: 'x' } })),
      400,
      'invalidValue',
    );
  });

  // authentik#11249, getsentry/self-hosted#2280
  it('PUT and PATCH are there for users and groups', async () => {
    const user = await givenUser(scim);
    const group = await givenGroup(scim);
    const change = patchOf({ op: 'replace', path: 'displayName', value: 'x' });
    expectScimAnswer(await scim.put(`/Users/${user.id}`, userBody()), 200);
    expectScimAnswer(await scim.patch(`/Users/${user.id}`, change), 200);
    expectScimAnswer(await scim.put(`/Groups/${group.id}`, { displayName: 'y' }), 200);
    expectScimAnswer(await scim.patch(`/Groups/${group.id}`, change), 204);
  });

  // Infisical#6552
  it('neither schemas nor the display of members is demanded', async () => {
    const response = await scim.post('/Groups', {
      displayName: 'Bare',
      members: [{ value: 'x', display: null }],
    });
    expectScimAnswer(response, 201);
    expect((response.body.members as Member[])[0]).not.toHaveProperty('display');
    expect(response.body.schemas).toEqual([groupUrn]);
  });

  // kortix-ai/suna#7297
  it('a client without User-Agent is served', async () => {
    const { token } = workspace;
    const response = await fetch(`${service.url}/scim/v2/Users?count=1`, {
      headers: { Authorization: `Bearer ${token}`, 'User-Agent': '' },
    });
    expect(response.status).toBe(200);
  });

  // lightdash#24458
  it('every answer carries an id to find the request by', async () => {
    expect((await scim.get('/Users?count=0')).headers['x-request-id']).toMatch(/\S/);
    expect((await scim.get('/Users/none')).headers['x-request-id']).toMatch(/\S/);
    expect((await scimClient(service, 'bad').get('/Users')).headers['x-request-id']).toMatch(/\S/);
  });

  // getprobo/probo#1277
  it('nothing that refers to a user prevents their deletion', async () => {
    const boss = await givenUser(scim);
    const report = await givenUser(scim, { [enterpriseUrn]: { manager: { value: boss.id } } });
    const group = await givenGroup(scim, {}, [boss.id, report.id]);
    expectScimAnswer(await scim.delete(`/Users/${boss.id}`), 204);
    expect((await readUser(scim, report.id))[enterpriseUrn]).toEqual({ manager: { value: boss.id } });
    expect(await memberIds(scim, group.id)).toEqual([report.id]);
  });

  // vouch-sh/vouch#1415
  it('every active user can be deprovisioned: what the product thinks of it is asked when it synchronizes', async () => {
    const { scim: other } = await givenWorkspace(service);
    const last = await givenUser(other);
    const change = patchOf({ op: 'replace', path: 'active', value: false });
    expectScimAnswer(await other.patch(`/Users/${last.id}`, change), 200);
    expectScimAnswer(await other.delete(`/Users/${last.id}`), 204);
  });
});
