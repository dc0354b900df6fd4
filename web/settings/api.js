import { language } from './language.js';

/** An answer that is no success: `status` is 0 when there was none; `type` is the last part of the problem's name. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.type = String(problem.type ?? '')
      .split(':')
      .pop();
    this.problem = problem;
  }
}

let csrfToken = '';
/** Whose page this is. */
let workspaceId = '';
let whenSignedOut = () => {};

/** What to do when an answer says that the session is over. */
export function onSignedOut(listener) {
  whenSignedOut = listener;
}

/**
 * Opens a session with the code of an admin link, or takes up the one that the browser has.
 * @throws ApiError 401 when there is none
 */
export async function openSession(code) {
  if (code) csrfToken = (await request('POST', '/api/session', { code })).csrfToken;
  const session = await request('GET', '/api/session');
  csrfToken = session.csrfToken;
  workspaceId = session.workspace.id;
  return session;
}

/**
 * Does this page still belong to the browser's session? Another tab may have opened a link since, which replaces the
 * session of this one too; of the same workspace, it is taken up.
 */
export async function isStillMine() {
  const session = await request('GET', '/api/session');
  if (session.workspace.id !== workspaceId) return false;
  csrfToken = session.csrfToken;
  return true;
}

/** Asks the public API as the signed-in admin. @throws ApiError */
export async function api(method, path, body) {
  try {
    return await request(method, path, body).catch(async (error) => {
      if (error.type !== 'csrf') throw error;
      if (await isStillMine()) return request(method, path, body);
      window.location.reload();
      throw error;
    });
  } catch (error) {
    if (error.status === 401) whenSignedOut();
    throw error;
  }
}

/** A path with those parameters that have a value. */
export function withQuery(path, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

async function request(method, path, body) {
  const headers = { 'Accept-Language': language };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrfToken;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, { method, headers, body: JSON.stringify(body) }).catch(() => null);
  if (response === null) throw new ApiError(0, {});
  const text = await response.text();
  const answer = text === '' ? null : parse(text);
  if (!response.ok) throw new ApiError(response.status, answer ?? {});
  return answer;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
