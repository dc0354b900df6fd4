import { randomUUID } from 'node:crypto';
import type { ListBody, Resource } from '../harness/scim-answers.ts';
import type { ScimClient } from '../harness/workspace.ts';
import { expectScimAnswer } from './scim-expectations.ts';

export type { ListBody, Resource };

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const searchUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** A member as a group shows them. */
export interface Member {
  value: string;
  type?: string;
  display?: string;
  $ref?: string;
}

/** One operation of a PATCH; what is not given is not sent. */
export interface Operation {
  op: string;
  path?: string;
  value?: unknown;
}

/** The body of a PATCH. */
export function patchOf(...operations: Operation[]): object {
  return { schemas: [patchUrn], Operations: operations };
}

/** A valid user with a unique `userName` and the given attributes. */
export function userBody(attributes: Record<string, unknown> = {}): Record<string, unknown> {
  return { schemas: [userUrn], userName: `${randomUUID()}@example.com`, active: true, ...attributes };
}

/** Creates a user with a unique `userName` and the given attributes. */
export async function givenUser(
  scim: ScimClient,
  attributes: Record<string, unknown> = {},
): Promise<Resource> {
  const response = await scim.post('/Users', userBody(attributes)).expect(201);
  return response.body;
}

/** Creates a group with the given attributes and members. */
export async function givenGroup(
  scim: ScimClient,
  attributes: Record<string, unknown> = {},
  members: string[] = [],
): Promise<Resource> {
  const body = {
    schemas: [groupUrn],
    displayName: 'Group',
    members: members.map((value) => ({ value })),
    ...attributes,
  };
  const response = await scim.post('/Groups', body).expect(201);
  return response.body;
}

/** Changes a user and answers with the user as it is then. */
export async function patchUser(scim: ScimClient, id: string, ...operations: Operation[]): Promise<Resource> {
  const answer = await scim.patch(`/Users/${id}`, patchOf(...operations));
  expectScimAnswer(answer, 200);
  return answer.body;
}

/** Reads a user back. */
export async function readUser(scim: ScimClient, id: string): Promise<Resource> {
  return (await scim.get(`/Users/${id}`).expect(200)).body;
}

/** Reads a group back. */
export async function readGroup(scim: ScimClient, id: string): Promise<Resource> {
  return (await scim.get(`/Groups/${id}`).expect(200)).body;
}

/** Who is in a group, sorted. */
export async function memberIds(scim: ScimClient, id: string): Promise<string[]> {
  const group = await readGroup(scim, id);
  return ((group.members ?? []) as Member[]).map((member) => member.value).sort();
}

/** Lists by a filter. */
export async function listBy(
  scim: ScimClient,
  endpoint: 'Users' | 'Groups',
  filter: string,
): Promise<ListBody> {
  const response = await scim.get(`/${endpoint}?filter=${encodeURIComponent(filter)}&count=1000`).expect(200);
  return response.body;
}

/** The resources that a filter finds, as sorted ids. */
export async function idsBy(
  scim: ScimClient,
  endpoint: 'Users' | 'Groups',
  filter: string,
): Promise<string[]> {
  return (await listBy(scim, endpoint, filter)).Resources.map(({ id }) => id).sort();
}
