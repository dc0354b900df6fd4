import type { Schema } from './answers.ts';
import { givenPerson } from './directory-person.ts';
import { allMembers, eventually, type Run } from './synchronize.ts';
import type { Client, ScimClient, TestWorkspace } from './workspace.ts';
import type { Service } from './service.ts';

export type RoleBody = Schema<'MemberRoleDto'>;

/** A role as a vendor declares it. */
export function role(key: string, rank: number, more: Partial<RoleBody> = {}): RoleBody {
  return { key, name: { en: `${key} (en)`, de: `${key} (de)` }, rank, privileged: false, ...more };
}

/** The roles of the product in most tests. */
export const usualRoles = [
  role('member', 1),
  role('editor', 2),
  role('biller', 3, { max: 1 }),
  role('admin', 10, { privileged: true }),
];

/** Declares the roles of the product. */
export async function declareRoles(operator: Client, roles: readonly RoleBody[] = usualRoles): Promise<void> {
  await operator.put('/operator/roles', [...roles]).expect(200);
}

/** Sends a group with these people to the directory. */
export async function givenGroup(
  scim: ScimClient,
  displayName: string,
  members: readonly string[],
): Promise<string> {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const body = { schemas, displayName, members: members.map((value) => ({ value })) };
  return (await scim.post('/Groups', body).expect(201)).body.id;
}

/** Adds people to a group, or takes them out of it. */
export async function regroup(
  scim: ScimClient,
  group: string,
  op: 'add' | 'remove',
  people: readonly string[],
): Promise<void> {
  const operations =
    op === 'add'
      ? [{ op, path: 'members', value: people.map((value) => ({ value })) }]
      : people.map((id) => ({ op, path: `members[value eq "${id}"]` }));
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  await scim.patch(`/Groups/${group}`, { schemas, Operations: operations }).expect(204);
}

/** Sends people to the directory; each is called by the beginning of their address. */
export async function arrive<Name extends string>(
  scim: ScimClient,
  ...names: Name[]
): Promise<Record<Name, string>> {
  const ids: Partial<Record<Name, string>> = {};
  for (const name of names) ids[name] = await givenPerson(scim, `${name}@example.com`);
  return ids as Record<Name, string>;
}

/** Who is active, and in which role. */
export async function rolesNow(admin: Client): Promise<Record<string, string | null>> {
  const members = await allMembers(admin, '&status=active');
  const entries = members.map(({ email, role: key }) => [email.replace('@example.com', ''), key] as const);
  return Object.fromEntries(entries.sort());
}

/** Waits until exactly these are active, in these roles. */
export async function haveRoles(admin: Client, roles: Record<string, string | null>): Promise<void> {
  const wanted = JSON.stringify(Object.fromEntries(Object.entries(roles).sort()));
  await eventually(async () => (JSON.stringify(await rolesNow(admin)) === wanted ? true : null));
}

/** A rule about a group. */
export function ofGroup(directoryGroupId: string, key: string) {
  return { group: { directoryGroupId }, role: key };
}

/** Begins a run as the schedule does, and waits for its end. */
export async function unattendedRun(service: Service, { id, admin }: TestWorkspace): Promise<Run> {
  const [run] = await service.dataSource.query<{ id: string }[]>(
    `INSERT INTO sync_run (workspace_id, id, trigger, state, requested_by, created_at)
     VALUES ($1, gen_random_uuid(), 'nightly', 'queued', 'system', $2) RETURNING id`,
    [id, service.clock.now()],
  );
  return eventually(async () => {
    const { body } = await admin.get(`/api/sync-runs/${run?.id}`).expect(200);
    return body.state === 'queued' || body.state === 'running' ? null : body;
  });
}
