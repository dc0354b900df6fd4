import createClient, { type Middleware } from 'openapi-fetch';
import { publicPath } from '../page-facts.ts';
import { ApiError } from './api-error.ts';
import type { paths } from './schema.d.ts';

type Listener = () => void;

let csrfToken = '';
/** Whose page this is. */
let workspaceId = '';
let language = 'en';
let whenSignedOut: Listener = () => undefined;

/** What to do when an answer says that the session is over. */
export function onSignedOut(listener: Listener): void {
  whenSignedOut = listener;
}

/** In which language the service words its reasons and errors. */
export function setApiLanguage(chosen: string): void {
  language = chosen;
}

const credentials: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language);
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
};

/** The service's HTTP contract, typed. `answer` makes its results plain values or an `ApiError`. */
export const api = createClient<paths>({ baseUrl: window.location.origin + publicPath });
api.use(credentials);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The body of a successful answer.
 *
 * @throws ApiError for any other, also when there was none
 */
export async function answer<T>(request: () => Promise<Answer<T>>): Promise<T> {
  const first = await send(request);
  if (first.error === undefined && first.response.ok) return tagged(first);
  const error = new ApiError(first.response.status, first.error);
  if (error.type === 'csrf' && (await isStillMine())) return answerOnce(request);
  if (error.status === 401) whenSignedOut();
  throw error;
}

async function answerOnce<T>(request: () => Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await send(request);
  if (error === undefined && response.ok) return tagged({ data, response });
  throw new ApiError(response.status, error);
}

const tags = new WeakMap<object, string>();

/** The body of an answer, whose `ETag` is remembered. */
function tagged<T>({ data, response }: Answer<T>): T {
  const tag = response.headers.get('ETag');
  if (tag !== null && typeof data === 'object' && data !== null) tags.set(data, tag);
  return data as T;
}

/**
 * The headers of a write that must find a resource as this page showed it, or is answered 412.
 *
 * @param shown a resource as `answer` gave it; of another object no state is known, and the write finds what it finds
 */
export function asShown(shown: object | null | undefined): { 'If-Match'?: string } {
  const tag = shown ? tags.get(shown) : undefined;
  return tag === undefined ? {} : { 'If-Match': tag };
}

async function send<T>(request: () => Promise<Answer<T>>): Promise<Answer<T>> {
  return request().catch(() => {
    throw new ApiError(0, {});
  });
}

export interface Session {
  workspace: { id: string; name: string };
  email: string;
}

/**
 * Opens a session with the code of an admin link, or takes up the one that the browser has.
 *
 * @throws ApiError 401 when there is none
 */
export async function openSession(code: string | null): Promise<Session> {
  if (code !== null) {
    const opened = await answerOnce(() => api.POST('/api/session', { body: { code } }));
    csrfToken = opened.csrfToken;
  }
  const session = await answerOnce(() => api.GET('/api/session'));
  csrfToken = session.csrfToken;
  workspaceId = session.workspace.id;
  return session;
}

/**
 * Does this page still belong to the browser's session? Another tab may have opened a link since, which replaces the
 * session of this one too; of the same workspace, it is taken up.
 */
export async function isStillMine(): Promise<boolean> {
  const session = await answerOnce(() => api.GET('/api/session')).catch(() => null);
  if (session === null || session.workspace.id !== workspaceId) return false;
  csrfToken = session.csrfToken;
  return true;
}
