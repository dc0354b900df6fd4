import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { changePerson, givenPerson } from '../harness/directory-person.ts';
import { allMembers, type Run, synchronize, undone } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace, type TestWorkspace } from '../harness/workspace.ts';

interface Row {
  before: string;
  action: string;
  kind: string;
  reason: string;
  member: string;
}

interface Scene extends TestWorkspace {
  person: string;
  memberId: string | null;
  run: Run | null;
  undoId: string;
}

const email = 'ada@example.com';
const page = readFileSync(join(import.meta.dirname, '../../docs/explanation/synchronization.md'), 'utf8');
const service = useService();

describe('what an admin decides, by docs/explanation/synchronization.md', () => {
  const rows = readRows();

  it('is read whole', () => expect(rows.length).toBeGreaterThan(10));

  it.each(rows)('$before: $action → $kind, and the next run makes them $member', async (row) => {
    const scene = await sceneOf(row.before);
    await actionOf(row.action)(scene);
    const { body } = await scene.admin.get(`/api/sync-preview/${scene.person}`).expect(200);
    expect(body).toMatchObject({ kind: row.kind, reason: { code: row.reason } });
    await synchronize(scene.admin);
    expect(await memberOf(scene)).toBe(row.member);
    const { body: after } = await scene.admin.get(`/api/sync-preview/${scene.person}`).expect(200);
    const stays = row.kind === 'excluded' || row.kind === 'suppressed';
    expect((after as { kind: string }).kind).toBe(stays ? row.kind : 'nothing');
  });
});

function readRows(): Row[] {
  const [, after = ''] = page.split('<!-- actions -->');
  const table = after.trim().split('\n').slice(2);
  return table
    .filter((line) => line.startsWith('|'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim().replaceAll('`', ''));
      const [, before = '', action = '', kind = '', reason = '', member = ''] = cells;
      return { before, action, kind, reason, member };
    });
}

/** Brings a person into the state that the page describes, step by step. */
async function sceneOf(before: string): Promise<Scene> {
  const workspace = await givenWorkspace(service);
  const held = before.includes('held') || before.includes('rejected');
  const settings = {
    leavers: 'next_sync',
    linkByEmail: false,
    removalGuard: held ? { percent: 0, atLeast: 0 } : { percent: 100, atLeast: 10 },
  };
  await workspace.admin.patch('/api/user-provisioning/settings', settings).expect(200);
  const scene: Scene = { ...workspace, person: '', memberId: null, run: null, undoId: '' };
  if (before === 'address taken by hand') {
    const { body } = await workspace.admin.post('/api/members', { email }).expect(201);
    scene.memberId = body.id;
  }
  scene.person = await givenPerson(workspace.scim, email);
  const [first, ...steps] = before.split(', ');
  if (first === 'member' || steps.includes('undone')) scene.run = await synchronize(workspace.admin);
  for (const step of steps) await stepOf(step)(scene);
  return scene;
}

function stepOf(step: string): (scene: Scene) => Promise<void> {
  const steps: Record<string, (scene: Scene) => Promise<void>> = {
    excluded: actionOf('exclude'),
    left: ({ scim, person }) => changePerson(scim, person, { active: false }),
    held: async (scene) => {
      scene.run = await synchronize(scene.admin);
      expect(scene.run.state).toBe('awaiting_approval');
    },
    rejected: async (scene) => {
      scene.run = await synchronize(scene.admin);
      await actionOf('reject')(scene);
      const removalGuard = { percent: 100, atLeast: 10 };
      await scene.admin.patch('/api/user-provisioning/settings', { removalGuard }).expect(200);
    },
    'brought back': async ({ admin }) => {
      await synchronize(admin);
      await admin.post('/api/removal-guard/bring-back').expect(200);
    },
    undone: actionOf('undo'),
    redone: actionOf('undo the undo'),
  };
  const found = steps[step];
  if (found === undefined) throw new Error(`No step is called ${step}`);
  return found;
}

function actionOf(action: string): (scene: Scene) => Promise<void> {
  const onPerson = (name: string) => async (scene: Scene) => {
    const body = name === 'link' ? { memberId: scene.memberId } : {};
    const { status } = await scene.admin.post(`/api/sync-preview/${scene.person}/${name}`, body);
    expect(status).toBeLessThan(300);
  };
  const onRun = (name: string) => async (scene: Scene) => {
    await scene.admin.post(`/api/sync-runs/${scene.run?.id}/${name}`).expect(200);
  };
  const undo = async ({ admin }: Scene, runId: string | undefined) => {
    return (await undone(admin, runId ?? '')).id;
  };
  const actions: Record<string, (scene: Scene) => Promise<void>> = {
    undo: async (scene) => void (scene.undoId = await undo(scene, scene.run?.id)),
    'undo the undo': async (scene) => void (await undo(scene, scene.undoId)),
    'lift all': async ({ admin }) => {
      const { body } = await admin.post('/api/sync-preview/lift', { filter: {} }).expect(200);
      expect(body).toEqual({ people: 1, groups: 0 });
    },
    nothing: () => Promise.resolve(),
    exclude: onPerson('exclude'),
    include: onPerson('include'),
    lift: onPerson('lift'),
    link: onPerson('link'),
    approve: onRun('approve'),
    reject: onRun('reject'),
    'new title': ({ scim, person }) => changePerson(scim, person, { title: 'Something newer' }),
  };
  const found = actions[action];
  if (found === undefined) throw new Error(`No action is called ${action}`);
  return found;
}

async function memberOf({ admin }: Scene): Promise<string> {
  const [member] = await allMembers(admin);
  if (member === undefined) return 'no member';
  return member.status === 'active' ? 'an active member' : `a ${member.status} member`;
}
