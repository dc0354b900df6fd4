import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import type { ReadingNote } from '../../scim-core/reading-note.ts';
import type { AdminRole } from './admin-roles.ts';
import type { Caller } from './caller.ts';
import type { Door } from './request-url.ts';

/** The API token of a request; it alone selects the workspace. */
export interface ApiToken {
  workspaceId: string;
  tokenId: string;
}

/** A signed-in admin: who, and of which workspace. */
export interface Session {
  id: string;
  workspaceId: string;
  email: string;
  /** What they are called, if who signed them in says so. */
  name: string | null;
  /** What they may do: see `neededRole`. */
  role: AdminRole;
  expiresAt: Date;
  /** Where a link back to the product leads, as it was when they signed in. */
  returnUrl: string | null;
  /** The workspace lost its entitlement: until then it can be read, and nothing in it can be changed. */
  suspendedUntil: Date | null;
}

/** What could not be read as it was sent, of one resource. */
export interface ResourceNotes {
  /** Null: the resource that the request is about. In a bulk request there are many. */
  resourceId: string | null;
  notes: readonly ReadingNote[];
}

/** What the service learns about a request on its way. Each part is absent until its layer has run. */
export interface RequestState {
  /** Set by the request log, and sent as `X-Request-Id`. */
  id?: string;
  /** Set by the request log: the trace of the client, if it has one. */
  traceId?: string;
  /** Set by `readRequestUrl`. */
  door?: Door;
  /** When a guard found the credentials good, in milliseconds of the process; see `noteAdmission`. */
  admittedAtMs?: number;
  /** Set by `ApiTokenGuard`. */
  apiToken?: ApiToken;
  /** Set by `ApiTokenGuard` for the provisioning log: a good token that is refused while its workspace is suspended. */
  refusedToken?: ApiToken | undefined;
  /** Set by `RequestLimits`: one of many refusals, of which the provisioning log holds one for all. */
  isLeftOutOfLog?: boolean;
  /** Set by `SessionGuard`. */
  session?: Session;
  /** The token of that session. */
  sessionToken?: string;
  /** Set by `OperatorGuard`. */
  caller?: Caller;
  /** The workspace that a path of `/operator` names, for the log: set by `WorkspaceId`. */
  namedWorkspace?: string;
  /** Set by SCIM for the provisioning log: the entries that the request may leave in the history. */
  eventIds?: readonly string[];
  /** Set by SCIM for the provisioning log. */
  notes?: readonly ResourceNotes[];
}

/** A request of Express with what the service knows about it. */
export type KnownRequest = Request & RequestState;

/** The same for code that needs no Express. */
export type KnownMessage = IncomingMessage & RequestState & { originalUrl?: string; ip?: string | undefined };

/** What the provisioning log needs of an answer: a SCIM error, or the body of a SCIM answer. */
export interface AnswerState {
  scimError?: { scimType?: string; detail: string };
  scimAnswer?: { body: object | null };
}

/** A response of Express with what the service knows about it. */
export type KnownResponse = Response<unknown, AnswerState>;

/** The workspace that the credentials of a request belong to; undefined before a guard has found them good. */
export function workspaceOf({ apiToken, session }: RequestState): string | undefined {
  return apiToken?.workspaceId ?? session?.workspaceId;
}
