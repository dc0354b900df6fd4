import type { DataSource } from 'typeorm';
import type { Schema } from './answers.ts';
import { changePerson, givenPerson } from './directory-person.ts';
import { allMembers, synchronize } from './synchronize.ts';
import type { TestWorkspace } from './workspace.ts';

/** A workspace in which people are brought into conflict, told apart by a number. */
export interface ConflictScene extends TestWorkspace {
  dataSource: DataSource;
}

/** Brings the people with these numbers into one kind of conflict, and answers with their directory users. */
type Conflict = (scene: ConflictScene, numbers: readonly number[]) => Promise<string[]>;

const address = (n: number) => `p${n}@example.com`;
const emails = (value: string) => [{ type: 'work', primary: true, value }];
const givenEach = (
  scene: ConflictScene,
  numbers: readonly number[],
  more: (n: number) => object,
  userName = address,
) => Promise.all(numbers.map((n) => givenPerson(scene.scim, userName(n), { ...more(n) })));
const secondAccount = (scene: ConflictScene, numbers: readonly number[]) =>
  givenEach(
    scene,
    numbers,
    (n) => ({ emails: emails(address(n).toUpperCase()) }),
    (n) => `new-${n}`,
  );

async function givenManual({ admin }: ConflictScene, numbers: readonly number[]): Promise<void> {
  for (const n of numbers) await admin.post('/api/members', { email: address(n) }).expect(201);
}

async function leave({ scim, admin }: ConflictScene, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => changePerson(scim, id, { active: false })));
  await synchronize(admin);
}

/** Members who left, and whose members an admin linked to second accounts. */
async function givenAway(
  scene: ConflictScene,
  numbers: readonly number[],
): Promise<{ old: string[]; heirs: string[] }> {
  const old = await givenEach(scene, numbers, () => ({}));
  await synchronize(scene.admin);
  const members = await allMembers(scene.admin);
  await leave(scene, old);
  const heirs = await secondAccount(scene, numbers);
  const pairs = numbers.map((n, at) => ({
    directoryUserId: heirs[at] ?? '',
    memberId: members.find(({ email }) => email === address(n))?.id ?? '',
  }));
  await scene.admin.post('/api/sync-preview/links', { pairs }).expect(200);
  await synchronize(scene.admin);
  return { old, heirs };
}

/** How each conflict comes about, by its code. */
export const conflictScenes: Record<string, Conflict> = {
  'missing-email': (scene, numbers) =>
    givenEach(
      scene,
      numbers,
      () => ({ emails: [] }),
      (n) => `nobody-${n}`,
    ),
  'email-taken': async (scene, numbers) => {
    await givenEach(scene, numbers, () => ({}));
    await synchronize(scene.admin);
    return secondAccount(scene, numbers);
  },
  'email-of-manual': async (scene, numbers) => {
    await givenManual(scene, numbers);
    const ids = await givenEach(
      scene,
      numbers,
      () => ({}),
      (n) => `own-${n}@example.com`,
    );
    await synchronize(scene.admin);
    await Promise.all(
      ids.map((id, at) => changePerson(scene.scim, id, { emails: emails(address(numbers[at] ?? 0)) })),
    );
    return ids;
  },
  'email-taken-by-hand': async (scene, numbers) => {
    await givenManual(scene, numbers);
    return givenEach(scene, numbers, () => ({}));
  },
  'email-taken-by-former': async (scene, numbers) => {
    const old = await givenEach(scene, numbers, () => ({}));
    await synchronize(scene.admin);
    await leave(scene, old);
    return secondAccount(scene, numbers);
  },
  'two-candidates': async (scene, numbers) => {
    const externalId = (n: number) => ({ externalId: `same-${n}` });
    const old = await givenEach(scene, numbers, externalId, (n) => `old-${n}@example.com`);
    await synchronize(scene.admin);
    for (const id of old) await scene.scim.delete(`/Users/${id}`).expect(204);
    await synchronize(scene.admin);
    await givenManual(scene, numbers);
    return givenEach(scene, numbers, externalId);
  },
  'given-away': async (scene, numbers) => {
    const { old } = await givenAway(scene, numbers);
    const back = (at: number) => ({
      active: true,
      emails: emails(`back-${numbers[at]}@example.com`),
    });
    await Promise.all(old.map((id, at) => changePerson(scene.scim, id, back(at))));
    return old;
  },
  'given-away-needs-address': async (scene, numbers) => {
    const { old } = await givenAway(scene, numbers);
    await Promise.all(old.map((id) => changePerson(scene.scim, id, { active: true })));
    return old;
  },
  'given-away-free': async (scene, numbers) => {
    const { old, heirs } = await givenAway(scene, numbers);
    await leave(scene, heirs);
    await Promise.all(old.map((id) => changePerson(scene.scim, id, { active: true })));
    return old;
  },
  'write-refused': async (scene, numbers) => {
    const ids = await givenEach(scene, numbers, () => ({ title: 'Refused' }));
    const { dataSource } = scene;
    await dataSource.query(`ALTER TABLE member ADD CONSTRAINT refused CHECK (job_title <> 'Refused')`);
    await synchronize(scene.admin);
    await dataSource.query('ALTER TABLE member DROP CONSTRAINT refused');
    return ids;
  },
};

/** A change of a person as the preview shows it. */
export type Explained = Schema<'ExplainedChangeResponse'>;

/** What the preview says of a person. */
export async function explained({ admin }: TestWorkspace, id: string): Promise<Explained> {
  return (await admin.get(`/api/sync-preview/${id}`).expect(200)).body;
}

/** Does what is offered about a person in conflict, each by its own means. */
export async function takeOffer(scene: ConflictScene, id: string, n: number, offer: string): Promise<void> {
  const { admin, scim } = scene;
  const { reason } = await explained(scene, id);
  const { memberId, candidates } = reason.params as { memberId?: string; candidates?: { id: string }[] };
  const emailRule = (source: string, alternative: boolean) => ({
    source,
    target: { field: 'email' },
    alternative,
  });
  switch (offer) {
    case 'link':
      await admin
        .post(`/api/sync-preview/${id}/link`, { memberId: memberId ?? candidates?.[n % 2]?.id })
        .expect(200);
      return;
    case 'send-address':
      return changePerson(scim, id, { emails: emails(`another-${n}@example.com`) });
    case 'change-member-address':
      await admin.patch(`/api/members/${memberId}`, { email: `moved-${n}@example.com` }).expect(200);
      return;
    case 'allow-linking':
      await admin.patch('/api/user-provisioning/settings', { linkByEmail: true }).expect(200);
      return;
    case 'map-address': {
      await changePerson(scim, id, { nickName: `nick-${n}@example.com` });
      const rules = [emailRule('emails.value', false), emailRule('nickName', true)];
      await admin.put('/api/attribute-mapping', { rules }).expect(200);
      return;
    }
    default:
      await admin.post(`/api/sync-preview/${id}/${offer}`).expect(200);
  }
}
