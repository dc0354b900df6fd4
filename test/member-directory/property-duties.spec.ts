import { describe, expect, it } from '@jest/globals';
import type { AnyAsked, Schema } from '../harness/answers.ts';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Member, synchronize } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

type Refusal = Schema<'Problem'>;

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const emailRule = { source: 'userName', target: { field: 'email' } };
const siteRule = { source: `${enterprise}:division`, target: { property: 'site' } };

const service = useService();
const workspace = useWorkspace(service);

async function givenProperty(body: object): Promise<string> {
  const made = await workspace.admin.post('/api/properties', { type: 'text', ...body }).expect(201);
  return made.body.id;
}

async function givenMember(body: object): Promise<Member> {
  return (await workspace.admin.post('/api/members', body).expect(201)).body;
}

async function refused(status: number, request: AnyAsked): Promise<Refusal> {
  const response = await request;
  expect(response.status).toBe(status);
  return response.body as Refusal;
}

async function member(email: string): Promise<Member> {
  const found = (await allMembers(workspace.admin)).find((one) => one.email === email);
  if (!found) throw new Error(`${email} is no member`);
  return found;
}

describe('a required property', () => {
  it('must be given when a member is made by hand, and cannot be emptied', async () => {
    await givenProperty({ name: 'Site', required: true });
    const missing = await refused(400, workspace.admin.post('/api/members', { email: 'a@example.com' }));
    expect(missing.errors).toEqual([{ path: 'properties.site', message: 'is required', code: 'required' }]);
    const { id } = await givenMember({ email: 'a@example.com', properties: { site: 'Rome' } });
    const path = `/api/members/${id}`;
    const emptied = await refused(400, workspace.admin.patch(path, { properties: { site: null } }));
    expect(emptied.errors).toEqual([{ path: 'properties.site', message: 'is required', code: 'required' }]);
    await workspace.admin.patch(path, { jobTitle: 'Boss', properties: { site: 'Bari' } }).expect(200);
  });

  it('does not keep those who lack it from before from being changed, and says how many they are', async () => {
    const { id } = await givenMember({ email: 'a@example.com' });
    const property = await givenProperty({ name: 'Site' });
    const preview = await workspace.admin
      .post(`/api/properties/${property}/preview`, { required: true })
      .expect(200);
    expect(preview.body).toMatchObject({ membersWithout: 1, property: { required: true } });
    await workspace.admin.patch(`/api/properties/${property}`, { required: true }).expect(200);
    await workspace.admin.patch(`/api/members/${id}`, { jobTitle: 'Boss' }).expect(200);
  });

  it('is a fault of each line of an import that lacks it', async () => {
    await givenProperty({ name: 'Site', required: true });
    await givenProperty({ name: 'Badge', filledBy: 'provisioning' });
    const csv = 'email,Site,Badge\na@example.com,Rome,\nb@example.com,,\nc@example.com,Rome,7\n';
    const response = await service.http
      .post('/api/members/import')
      .set('Authorization', `Bearer ${workspace.adminToken}`)
      .set('Content-Type', 'text/csv')
      .send(csv)
      .expect(400);
    expect(response.body.errors?.map(({ path }) => path)).toEqual([
      'line 3, properties.site',
      'line 4, properties.badge',
    ]);
  });

  it('is reported when the identity provider sends no value, and keeps the one that is there', async () => {
    await givenProperty({ name: 'Site', required: true, filledBy: 'provisioning' });
    const rules = [emailRule, siteRule];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
    const ann = await givenPerson(workspace.scim, 'ann@example.com', { [enterprise]: { division: 'Rome' } });
    const bob = await givenPerson(workspace.scim, 'bob@example.com');
    const preview = await workspace.admin
      .post('/api/attribute-mapping/preview', { rules })
      .set('Accept-Language', 'de')
      .expect(200);
    expect(preview.body).toMatchObject({
      items: [
        {
          name: 'bob',
          problems: [
            {
              code: 'required',
              target: 'properties.site',
              text: 'ist ein Pflichtfeld, und es gibt keinen Wert',
            },
          ],
        },
        { name: 'ann', problems: [] },
      ],
      summary: { peopleWithProblems: 1, problems: [{ code: 'required', people: 1, examples: [] }] },
    });
    const explained = await workspace.admin.get(`/api/sync-preview/${bob}`).expect(200);
    expect(JSON.stringify(explained.body)).toContain('site is required, and there is no value');
    await synchronize(workspace.admin);
    await changePerson(workspace.scim, ann, { [`${enterprise}:division`]: '', title: 'Boss' });
    await synchronize(workspace.admin);
    expect(await member('ann@example.com')).toMatchObject({ jobTitle: null, properties: { site: 'Rome' } });
  });
});

describe('a property that provisioning alone fills', () => {
  it('is not for people to write, for any member', async () => {
    await givenProperty({ name: 'Site', filledBy: 'provisioning' });
    const body = { email: 'a@example.com', properties: { site: 'Rome' } };
    const made = await refused(400, workspace.admin.post('/api/members', body));
    expect(made.errors?.map(({ path }) => path)).toEqual(['properties.site']);
    const { id } = await givenMember({ email: 'a@example.com' });
    const change = workspace.admin.patch(`/api/members/${id}`, { properties: { site: 'Rome' } });
    expect(await refused(409, change)).toMatchObject({
      type: expect.stringMatching(/field-provisioned$/u),
      fields: ['properties.site'],
    });
    await workspace.admin.patch(`/api/members/${id}`, { properties: { site: null } }).expect(200);
  });

  it('is reported of everybody when it is required and no rule fills it', async () => {
    await givenProperty({ name: 'Site', required: true, filledBy: 'provisioning' });
    await givenPerson(workspace.scim, 'ann@example.com');
    const counts = await workspace.admin
      .post('/api/attribute-mapping/preview/counts', { rules: [emailRule] })
      .expect(200);
    expect(counts.body).toMatchObject({
      problems: [{ target: 'properties.site', code: 'required', people: 1 }],
    });
  });
});

describe('a property that people alone fill', () => {
  it('is no target of a rule, and becomes none while a rule fills it', async () => {
    const id = await givenProperty({ name: 'Site', filledBy: 'people' });
    const saving = workspace.admin.put('/api/attribute-mapping', { rules: [emailRule, siteRule] });
    expect((await refused(400, saving)).errors?.map(({ path }) => path)).toEqual([
      'rules[1].target.property',
    ]);
    await workspace.admin.patch(`/api/properties/${id}`, { filledBy: 'both' }).expect(200);
    await workspace.admin.put('/api/attribute-mapping', { rules: [emailRule, siteRule] }).expect(200);
    const change = workspace.admin.patch(`/api/properties/${id}`, { filledBy: 'people' });
    expect((await refused(409, change)).type).toMatch(/rules-do-not-fit$/u);
  });

  it('is left alone by the built-in rules', async () => {
    const { body } = await workspace.admin.get('/api/properties').expect(200);
    const [department] = body.items;
    const path = `/api/properties/${department?.id}`;
    await workspace.admin.patch(path, { filledBy: 'people' }).expect(200);
    const mapping = await workspace.admin.get('/api/attribute-mapping').expect(200);
    expect(JSON.stringify(mapping.body)).not.toContain('department');
    await workspace.admin.delete(path).expect(204);
  });
});

it('is exported and imported with its duties', async () => {
  await givenProperty({ name: 'Site', required: true, filledBy: 'provisioning' });
  const { body } = await workspace.admin.get('/api/attribute-mapping/export').expect(200);
  const other = await givenWorkspace(service, { name: 'Other' });
  await other.admin.post('/api/attribute-mapping/import', body as object).expect(200);
  const again = await other.admin.get('/api/attribute-mapping/export').expect(200);
  expect(again.body).toEqual(body);
  const { properties } = body;
  expect(properties).toContainEqual({
    key: 'site',
    name: 'Site',
    type: 'text',
    required: true,
    filledBy: 'provisioning',
  });
});
