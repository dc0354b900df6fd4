import { randomUUID } from 'node:crypto';
import type { Client } from '../harness/workspace.ts';

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const searchUrn = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** A resource as a SCIM answer shows it. */
export interface Resource extends Record<string, unknown> {
  id: string;
  schemas: string[];
  meta: { resourceType: string; created: string; lastModified: string; location: string; version: string };
}

/** A member as a group shows him. */
export interface Member {
  value: string;
  type?: string;
  display?: string;
  $ref?: string;
}

/** The body of a list answer. */
export interface ListBody {
  schemas: string[];
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
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

/** A user that is valid, with a `userName` of his own, and the given attributes. */
export function userBody(attributes: Record<string, unknown> = {}): Record<string, unknown> {
  return { schemas: [userUrn], userName: `${randomUUID()}@example.com`, active: true, ...attributes };
}

/** Creates a user with a `userName` of his own and the given attributes. */
export async function givenUser(scim: Client, attributes: Record<string, unknown> = {}): Promise<Resource> {
  const response = await scim.post('/Users', userBody(attributes)).expect(201);
  return response.body as Resource;
}

/** Creates a group with the given attributes and members. */
export async function givenGroup(
  scim: Client,
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
  return response.body as Resource;
}

/** Reads a user back. */
export async function readUser(scim: Client, id: string): Promise<Resource> {
  return (await scim.get(`/Users/${id}`).expect(200)).body as Resource;
}

/** Reads a group back. */
export async function readGroup(scim: Client, id: string): Promise<Resource> {
  return (await scim.get(`/Groups/${id}`).expect(200)).body as Resource;
}

/** Who is in a group, sorted. */
export async function memberIds(scim: Client, id: string): Promise<string[]> {
  const group = await readGroup(scim, id);
  return ((group.members ?? []) as Member[]).map((member) => member.value).sort();
}

/** Lists by a filter. */
export async function listBy(scim: Client, endpoint: 'Users' | 'Groups', filter: string): Promise<ListBody> {
  const response = await scim.get(`/${endpoint}?filter=${encodeURIComponent(filter)}&count=1000`).expect(200);
  return response.body as ListBody;
}

/** Whom a filter finds, as sorted ids. */
export async function idsBy(scim: Client, endpoint: 'Users' | 'Groups', filter: string): Promise<string[]> {
  return (await listBy(scim, endpoint, filter)).Resources.map(({ id }) => id).sort();
}
