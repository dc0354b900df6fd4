import type { ServerResponse } from 'node:http';
import type { LaneName } from '../../database/lanes/lane.ts';
import { Asker, serve } from '../../database/lanes/task.ts';
import type { KnownMessage } from '../request/request-state.ts';

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Has the statements of a request run in a lane, each within its time, and end when the client goes before it is
 * answered. Services that need another lane than that of the method say so by `inLane`.
 */
export function requestLane(request: KnownMessage, response: ServerResponse, next: () => void): void {
  const asker = new Asker(() => shareKeyOf(request));
  response.once('close', () => {
    if (!response.writableFinished) asker.leave();
  });
  serve(laneOf(request), asker, next);
}

/** Those who ask over SCIM can narrow what they ask for; what a screen shows is asked for as a whole. */
function laneOf({ method, door }: KnownMessage): LaneName {
  if (!readMethods.has(method ?? '')) return 'write';
  return door === 'scim' ? 'list' : 'report';
}

/** The identity provider of a workspace and its admins do not wait for each other. */
function shareKeyOf({ apiToken, session }: KnownMessage): string | null {
  if (apiToken !== undefined) return `provider ${apiToken.workspaceId}`;
  return session === undefined ? null : `admins ${session.workspaceId}`;
}
