import { DemoError } from './demo-error.ts';

/** The service answered with an error. */
export class ApiError extends DemoError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Counts of changes by kind. */
export type Pending = Record<string, number>;

/** A pending or made change of one member. */
export interface Change {
  kind: string;
  name: string;
  fields: { field: string; before: unknown; after: unknown }[];
  reason: { text: string };
}

/** A synchronization. */
export interface Run {
  id: string;
  state: string;
  total: number;
  done: number;
  counts: Pending;
  error: unknown;
}

/** A member. */
export interface Member {
  displayName: string | null;
  email: string | null;
  jobTitle: string | null;
  status: string;
  source: string;
}

/** What the settings screen shows at its top. */
export interface Overview {
  state: string;
  tenantUrl: string;
  directory: { users: number; groups: number };
  members: { active: number; deactivated: number };
  nextSyncAt: string | null;
}

/** A link that opens one session. */
export interface AdminLink {
  url: string;
  code: string;
  expiresAt: string;
}

/** The part of the HTTP contract that the demo uses, for an operator and for an admin. */
export class ProductApi {
  private readonly url: string;
  private readonly bearer: string | null;

  /** @param bearer operator token or session token; null to sign in */
  constructor(url: string, bearer: string | null) {
    this.url = url;
    this.bearer = bearer;
  }

  createWorkspace(name: string): Promise<{ id: string; slug: string }> {
    return this.send('POST', '/operator/workspaces', { name }, ['id', 'slug']);
  }

  entitle(workspaceId: string): Promise<{ state: string }> {
    return this.send('PATCH', `/operator/workspaces/${workspaceId}`, { entitled: true }, ['state']);
  }

  makeSandbox(workspaceId: string): Promise<{ state: string }> {
    return this.send('PATCH', `/operator/workspaces/${workspaceId}`, { sandbox: true }, ['state']);
  }

  createAdminLink(workspaceId: string, email: string): Promise<AdminLink> {
    const path = `/operator/workspaces/${workspaceId}/admin-links`;
    return this.send('POST', path, { email }, ['url', 'code', 'expiresAt']);
  }

  openSession(code: string): Promise<{ token: string; expiresAt: string }> {
    return this.send('POST', '/api/session', { code }, ['token', 'expiresAt']);
  }

  async activate(): Promise<{ secret: string; prefix: string; lastFour: string }> {
    const path = '/api/user-provisioning/activate';
    const answer = await this.send<{ token: { secret: string; prefix: string; lastFour: string } }>(
      'POST',
      path,
      {},
      ['token'],
    );
    return answer.token;
  }

  overview(): Promise<Overview> {
    return this.send('GET', '/api/user-provisioning', undefined, ['tenantUrl', 'directory', 'members']);
  }

  /** @param kind only changes of this kind */
  preview(
    kind: string | null,
    limit: number,
  ): Promise<{ version: unknown; summary: Pending; items: Change[] }> {
    const query = new URLSearchParams({ limit: String(limit), ...(kind !== null && { kind }) });
    return this.send('GET', `/api/sync-preview?${query.toString()}`, undefined, [
      'version',
      'summary',
      'items',
    ]);
  }

  /** Starts what the preview of this version showed. */
  synchronize(previewVersion: unknown): Promise<{ id: string }> {
    return this.send('POST', '/api/sync-runs', { previewVersion }, ['id']);
  }

  run(id: string): Promise<Run> {
    return this.send('GET', `/api/sync-runs/${id}`, undefined, ['id', 'state', 'total', 'done', 'counts']);
  }

  async members(query: Record<string, string>): Promise<Member[]> {
    const path = `/api/members?${new URLSearchParams(query).toString()}`;
    return (await this.send<{ items: Member[] }>('GET', path, undefined, ['items'])).items;
  }

  member(id: string): Promise<Member> {
    return this.send('GET', `/api/members/${id}`, undefined, ['status']);
  }

  private async send<T>(
    method: string,
    path: string,
    body: object | undefined,
    fields: (keyof T)[],
  ): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(this.bearer !== null && { authorization: `Bearer ${this.bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    }).catch((error: unknown) => {
      throw new DemoError(`${method} ${path}: no answer (${String((error as Error).cause ?? error)}).`);
    });
    const text = await response.text();
    if (!response.ok) {
      throw new ApiError(
        response.status,
        `${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`,
      );
    }
    const answer = JSON.parse(text) as Partial<T>;
    const missing = fields.filter((field) => answer[field] === undefined);
    if (missing.length > 0) throw new DemoError(`${method} ${path} answered without ${missing.join(', ')}.`);
    return answer as T;
  }
}
