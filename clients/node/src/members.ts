import type { Client as OpenApiClient } from 'openapi-fetch';
import { answerOf, type CallOptions, callTimeoutMs, withTimeout } from './call.ts';
import type { Member } from './event.ts';
import type { components, operations, paths } from './openapi.ts';

type Schemas = components['schemas'];
type ListQuery = NonNullable<operations['ProductMembers_list']['parameters']['query']>;
export type MemberQuery = Omit<ListQuery, 'cursor' | 'limit'>;
export type MemberInput = Schemas['PutMemberDto'];
export type MemberExclusion = Schemas['MemberExclusionResponse'];

const membersPerPage = 200;

/** How a member is changed. */
export interface WriteOptions extends CallOptions {
  /** The `ETag` of the member as you saw it: when it has changed since, the answer is 412. */
  ifMatch?: string;
}

/** The members of a workspace. Both are named by their ids, or by `ext:` and your own ids. */
export class Members {
  private readonly api: OpenApiClient<paths>;

  constructor(api: OpenApiClient<paths>) {
    this.api = api;
  }

  /** All members who fit the query, by id: `email`, `externalId` and `idpExternalId` are exact. */
  async *find(
    workspace: string,
    query: MemberQuery = {},
    { signal }: CallOptions = {},
  ): AsyncGenerator<Member, void, undefined> {
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const whole = { ...query, limit: membersPerPage, ...(cursor !== undefined && { cursor }) };
      const params = { path: { id: workspace }, query: whole };
      const call = { params, signal: withTimeout(callTimeoutMs, signal) };
      const page: Schemas['ProductMemberPageResponse'] = await answerOf(
        this.api.GET('/operator/workspaces/{id}/members', call),
      );
      yield* page.items;
      cursor = page.nextCursor;
    }
  }

  /** One member, a removed one too. */
  get(workspace: string, member: string, { signal }: CallOptions = {}): Promise<Member> {
    const call = { params: pathOf(workspace, member), signal: withTimeout(callTimeoutMs, signal) };
    return answerOf(this.api.GET('/operator/workspaces/{id}/members/{member}', call));
  }

  /**
   * Makes a member be as the body says; what is left out stays as it is.
   *
   * @param member `ext:` and your own id: made when there is none
   * @throws ProblemError 409 `field-provisioned` for a field that user provisioning fills
   */
  put(
    workspace: string,
    member: string,
    body: MemberInput,
    { signal, ifMatch }: WriteOptions = {},
  ): Promise<Member> {
    const call = {
      params: pathOf(workspace, member),
      body,
      ...(ifMatch !== undefined && { headers: { 'If-Match': ifMatch } }),
      signal: withTimeout(callTimeoutMs, signal),
    };
    return answerOf(this.api.PUT('/operator/workspaces/{id}/members/{member}', call));
  }

  /** Keeps a person that you deleted from coming back with the next synchronization. @param reason the admin reads it */
  exclude(
    workspace: string,
    member: string,
    reason: string,
    { signal }: CallOptions = {},
  ): Promise<MemberExclusion> {
    const call = {
      params: pathOf(workspace, member),
      body: { reason },
      signal: withTimeout(callTimeoutMs, signal),
    };
    return answerOf(this.api.POST('/operator/workspaces/{id}/members/{member}/exclude', call));
  }
}

function pathOf(id: string, member: string) {
  return { path: { id, member } };
}
