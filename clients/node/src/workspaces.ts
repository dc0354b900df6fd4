import type { Client as OpenApiClient } from 'openapi-fetch';
import { answerOf, type CallOptions, callTimeoutMs, withTimeout } from './call.ts';
import type { components, paths } from './openapi.ts';

type Schemas = components['schemas'];
export type Workspace = Schemas['WorkspaceResponse'];
export type AdminLink = Schemas['AdminLinkResponse'];

const workspacesPerPage = 200;

/** Your customers, as workspaces. A workspace is named by its id, or by `ext:` and your own id of it. */
export class Workspaces {
  private readonly api: OpenApiClient<paths>;

  constructor(api: OpenApiClient<paths>) {
    this.api = api;
  }

  /** All workspaces that the key may see. */
  async *all({ signal }: CallOptions = {}): AsyncGenerator<Workspace, void, undefined> {
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const query = { limit: workspacesPerPage, ...(cursor !== undefined && { cursor }) };
      const page: Schemas['WorkspacePageResponse'] = await answerOf(
        this.api.GET('/operator/workspaces', {
          params: { query },
          signal: withTimeout(callTimeoutMs, signal),
        }),
      );
      yield* page.items;
      cursor = page.nextCursor;
    }
  }

  /** One workspace. */
  get(id: string, { signal }: CallOptions = {}): Promise<Workspace> {
    const params = { path: { id } };
    return answerOf(
      this.api.GET('/operator/workspaces/{id}', { params, signal: withTimeout(callTimeoutMs, signal) }),
    );
  }

  /** Creates the workspace of a customer, or changes it. @param id `ext:` and your own id of the customer */
  put(id: string, body: Schemas['PutWorkspaceDto'], { signal }: CallOptions = {}): Promise<Workspace> {
    const params = { path: { id } };
    return answerOf(
      this.api.PUT('/operator/workspaces/{id}', { params, body, signal: withTimeout(callTimeoutMs, signal) }),
    );
  }

  /** How many seats the customer has, how many are taken, and how many people wait for one; null: there is no limit. */
  seats(id: string, { signal }: CallOptions = {}): Promise<Schemas['SeatsResponse']> {
    const params = { path: { id } };
    return answerOf(
      this.api.GET('/operator/workspaces/{id}/seats', { params, signal: withTimeout(callTimeoutMs, signal) }),
    );
  }

  /** Sets how many seats the customer has; null: as many as they like. A limit below today's members is refused. */
  setSeats(id: string, seats: Schemas['SeatsDto'] | null, { signal }: CallOptions = {}): Promise<Workspace> {
    const call = { params: { path: { id } }, body: { seats }, signal: withTimeout(callTimeoutMs, signal) };
    return answerOf(this.api.PATCH('/operator/workspaces/{id}', call));
  }

  /**
   * A link that opens the settings screen for an admin of the customer: one use, ten minutes.
   *
   * @param admin their address, or with it what they may do, in which language and theme, and where the way back leads
   */
  createAdminLink(
    id: string,
    admin: string | Schemas['CreateAdminLinkDto'],
    { signal }: CallOptions = {},
  ): Promise<AdminLink> {
    const params = { path: { id } };
    const body = typeof admin === 'string' ? { email: admin } : admin;
    const call = { params, body, signal: withTimeout(callTimeoutMs, signal) };
    return answerOf(this.api.POST('/operator/workspaces/{id}/admin-links', call));
  }
}
