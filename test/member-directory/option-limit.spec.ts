import { beforeEach, describe, expect, it } from '@jest/globals';
import { dbOf } from '../../src/database/db-of.ts';
import { addOptions, NoRoomForOptionsError } from '../../src/member-directory/properties/add-options.ts';
import { optionsMax } from '../../src/member-directory/properties/property-options.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { allMembers, eventually, runEnded } from '../harness/synchronize.ts';
import { useService, useWorkspace } from '../harness/use-service.ts';
import { waitingStatements } from '../harness/waiting-statements.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const service = useService();
const workspace = useWorkspace(service);

beforeEach(async () => {
  const options = Array.from({ length: optionsMax - 1 }, (_, n) => `Option ${n}`);
  const site = { name: 'Site', type: 'select', options };
  await workspace.admin.post('/api/properties', site).expect(201);
});

async function options(): Promise<{ key: string; name: string }[]> {
  const { body } = await workspace.admin.get('/api/properties').expect(200);
  const { items } = body;
  return items.find(({ key }) => key === 'site')?.options ?? [];
}

function add(...names: string[]): Promise<void> {
  const added = names.map((name) => ({ property: 'site', key: name.toLowerCase(), name }));
  return service.dataSource.transaction((manager) =>
    addOptions(dbOf(manager), workspace.id, added, service.clock.now()),
  );
}

/** Somebody waits for a row that another transaction has locked. */
async function somebodyWaits(): Promise<true | null> {
  const waiting = await waitingStatements(service.dataSource, '%FROM property%FOR UPDATE%');
  return waiting === 0 ? null : true;
}

describe('the most options that a property can have', () => {
  it('holds when two transactions add the last one at once', async () => {
    const attempts = await Promise.allSettled([add('Rome'), add('Bari')]);
    const failed = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.reason).toBeInstanceOf(NoRoomForOptionsError);
    expect(await options()).toHaveLength(optionsMax);
  });

  it('adds nothing of a batch for which there is no room', async () => {
    await expect(add('Rome', 'Bari')).rejects.toMatchObject({ options: [{ property: 'site', key: 'bari' }] });
    expect(await options()).toHaveLength(optionsMax - 1);
    await add('Rome', 'ROME');
    await add('rome');
    expect(await options()).toHaveLength(optionsMax);
  });

  it('leaves out the value, and nothing else, of people who come too late in a run', async () => {
    const rules = [
      { source: 'userName', target: { field: 'email' } },
      { source: 'displayName', target: { field: 'displayName' } },
      { source: `${enterprise}:division`, target: { property: 'site' }, unknownOption: 'create' },
    ];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
    await givenPerson(workspace.scim, 'ann@example.com', { [enterprise]: { division: 'Rome' } });
    await givenPerson(workspace.scim, 'bob@example.com', { [enterprise]: { division: 'Option 7' } });
    const run = await service.dataSource.transaction(async (manager) => {
      const bari = { property: 'site', key: 'bari', name: 'Bari' };
      await addOptions(dbOf(manager), workspace.id, [bari], service.clock.now());
      const { body } = await workspace.admin.post('/api/sync-runs', {}).expect(202);
      await eventually(somebodyWaits);
      return body;
    });
    expect(await runEnded(workspace.admin, run.id)).toMatchObject({
      state: 'succeeded',
      counts: { create: 2 },
    });
    const members = await allMembers(workspace.admin);
    expect(members.map(({ displayName, properties }) => [displayName, properties]).toSorted()).toEqual([
      ['ann', {}],
      ['bob', { site: 'Option 7' }],
    ]);
    const names = (await options()).map(({ name }) => name);
    expect(names).toHaveLength(optionsMax);
    expect(names).toContain('Bari');
    const { body } = await workspace.admin.get(`/api/sync-runs/${run.id}/changes`).expect(200);
    expect(JSON.stringify(body)).toContain('too-many-options');
  });
});
