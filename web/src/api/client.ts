import createClient, { type Middleware } from 'openapi-fetch';
import { minutesMs } from '../duration.ts';
import { takeEarlyAnswer } from '../early.ts';
import { isEmbedded, publicPath } from '../page-facts.ts';
import { ApiError } from './api-error.ts';
import type { paths } from './schema.d.ts';
import type { Session } from './shapes.ts';

type Listener = () => void;

let csrfToken = '';
/** The workspace that this page shows. */
let workspaceId = '';
let language = 'en';
let whenSignedOut: Listener = () => undefined;
/** The token of a page in a frame, which has no cookie and keeps nothing: it is here and nowhere else. */
let bearer: string | null = null;
let renew: () => Promise<boolean> = () => Promise.resolve(false);

/** Sets what happens when an answer says that the session is over. */
export function onSignedOut(listener: Listener): void {
  whenSignedOut = listener;
}

/** Sets the token that the requests of a page in a frame carry. */
export function holdBearer(token: string): void {
  bearer = token;
}

export function heldBearer(): string | null {
  return bearer;
}

/** Sets how a page in a frame gets a new session of the same admin. */
export function onRenewal(renewal: () => Promise<boolean>): void {
  renew = renewal;
}

/** Sets the language in which the service words its reasons and errors. */
export function setApiLanguage(chosen: string): void {
  language = chosen;
}

/** From then on the requests of an open page do not keep the session of somebody who is not there. */
const unattendedAfterMs = minutesMs(1);
let touchedAtMs = Date.now();

/** Whether somebody has used the page within the last minute. */
export function isAttended(): boolean {
  return Date.now() - touchedAtMs <= unattendedAfterMs;
}

/** Notes that somebody uses the page. */
function noteTouch(): void {
  touchedAtMs = Date.now();
}
for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
  window.addEventListener(event, noteTouch, { passive: true, capture: true });

const credentials: Middleware = {
  onRequest({ request }) {
    if (!isAttended()) request.headers.set('X-Unattended', '1');
    request.headers.set('Accept-Language', language);
    // A session that has just been opened is asked who it is before it counts.
    if (bearer !== null && !request.headers.has('Authorization'))
      request.headers.set('Authorization', `Bearer ${bearer}`);
    if (bearer === null && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
};

/** The service's HTTP contract, typed. `answer` makes its results plain values or an `ApiError`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin + publicPath,
  fetch: (request) => takeEarlyAnswer(request) ?? fetch(request),
  // Who is signed in elsewhere in the browser does not count: the product around this page says who it is.
  credentials: isEmbedded ? 'omit' : 'same-origin',
});
api.use(credentials);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The body of a successful answer.
 *
 * @throws ApiError for any other answer, and when there was none
 */
export async function answer<T>(request: () => Promise<Answer<T>>): Promise<T> {
  const first = await send(request);
  if (first.error === undefined && first.response.ok) return tagged(first);
  const error = new ApiError(first.response.status, first.error);
  if (error.type === 'csrf' && (await isStillMine())) return answerOnce(request);
  if (error.status === 401) {
    if (isEmbedded && isAttended() && (await renew())) return answerOnce(request);
    whenSignedOut();
  }
  throw error;
}

/** The same without anything that helps when the session is over. */
export async function answerOnce<T>(request: () => Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await send(request);
  if (error === undefined && response.ok) return tagged({ data, response });
  throw new ApiError(response.status, error);
}

const tags = new WeakMap<object, string>();

/** The body of an answer. Its `ETag` is remembered for `asShown`. */
function tagged<T>({ data, response }: Answer<T>): T {
  const tag = response.headers.get('ETag');
  if (tag !== null && typeof data === 'object' && data !== null) tags.set(data, tag);
  return data as T;
}

/**
 * The headers of a write that requires the resource to be as this page showed it; if it is not, the answer is 412.
 *
 * @param shown a resource as `answer` returned it; for any other object the write has no condition
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

/**
 * Opens a session with the code of an admin link, or continues the one that the browser has.
 *
 * @param replace whether a session of somebody else may end by that
 * @throws ApiError 409 `other-session` when the browser has one
 * @throws ApiError 401 when there is none
 */
export async function openSession(code: string | null, replace = false): Promise<Session> {
  if (code !== null) {
    const opened = await answerOnce(() => api.POST('/api/session', { body: { code, replace } }));
    csrfToken = opened.csrfToken;
  }
  const session = await answerOnce(() => api.GET('/api/session'));
  csrfToken = session.csrfToken;
  workspaceId = session.workspace.id;
  return session;
}

/**
 * Does this page still belong to the browser's session? A link that another tab opened replaces the session of this tab,
 * too. If it is of the same workspace, this page continues with it.
 */
export async function isStillMine(): Promise<boolean> {
  if (isEmbedded) return renew();
  const session = await answerOnce(() => api.GET('/api/session')).catch(() => null);
  if (session === null || session.workspace.id !== workspaceId) return false;
  csrfToken = session.csrfToken;
  return true;
}
