import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { useService, useSharedWorkspace } from '../harness/use-service.ts';
import { givenGroup, givenUser, memberIds, patchOf, patchUser, userBody } from './directory.ts';

const service = useService();
const { scim } = useSharedWorkspace(service);

/** The first statement that counts a new version of a group is ended, as PostgreSQL ends one of two that wait for each other. */
beforeAll(async () => {
  for (const statement of [
    'CREATE SCHEMA ending',
    'CREATE SEQUENCE ending.statement',
    `CREATE FUNCTION ending.first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('ending.statement') = 1 THEN RAISE EXCEPTION 'ended by the test' USING ERRCODE = '40P01'; END IF;
       RETURN NULL;
     END $$`,
    `CREATE TRIGGER ending BEFORE UPDATE ON directory_group FOR EACH STATEMENT EXECUTE FUNCTION ending.first()`,
  ])
    await service.dataSource.query(statement);
});

beforeEach(async () => {
  await service.dataSource.query(`SELECT setval('ending.statement', 1)`);
});

/** From now on: what a test prepares is not ended. */
const endTheNext = () => service.dataSource.query(`SELECT setval('ending.statement', 1, false)`);

/** How often a statement was tried that counts versions of groups. */
async function attempts(): Promise<number> {
  const [row] = await service.dataSource.query<{ at: string }[]>(
    'SELECT last_value AS at FROM ending.statement',
  );
  return Number(row?.at);
}

describe('a write that PostgreSQL has taken back for the sake of another', () => {
  it('is done again when it deletes a user', async () => {
    const { id } = await givenUser(scim);
    const group = await givenGroup(scim, {}, [id]);
    await endTheNext();
    await scim.delete(`/Users/${id}`).expect(204);
    expect(await attempts()).toBe(2);
    expect(await memberIds(scim, group.id)).toEqual([]);
  });

  it('is done again when groups receive a user who was just created, and is no user whose name is taken', async () => {
    const group = await givenGroup(scim, {}, ['awaited-1']);
    await endTheNext();
    const { body } = await scim.post('/Users', userBody({ externalId: 'awaited-1' })).expect(201);
    expect(await attempts()).toBe(2);
    expect(await memberIds(scim, group.id)).toEqual([body.id]);
  });

  it('is done again when it gives a user who was just written another externalId', async () => {
    const group = await givenGroup(scim, {}, ['awaited-2']);
    const { id } = await givenUser(scim);
    await endTheNext();
    await patchUser(scim, id, { op: 'replace', path: 'externalId', value: 'awaited-2' });
    expect(await attempts()).toBe(2);
    expect(await memberIds(scim, group.id)).toEqual([id]);
  });

  it('is done again when it deletes a group, or changes who is in it', async () => {
    const user = await givenUser(scim);
    const { id } = await givenGroup(scim);
    await endTheNext();
    await scim
      .patch(`/Groups/${id}`, patchOf({ op: 'add', path: 'members', value: [{ value: user.id }] }))
      .expect(204);
    expect(await attempts()).toBe(2);
    await endTheNext();
    await scim.delete(`/Groups/${id}`).expect(204);
    expect(await attempts()).toBe(2);
  });
});
