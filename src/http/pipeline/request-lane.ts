import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LaneName } from '../../database/lanes/lane.ts';
import { Asker, serve } from '../../database/lanes/task.ts';
import type { DoorRequest } from '../request/request-url.ts';

/** A request with what guards leave on it when they let it through. */
interface KnownRequest extends IncomingMessage, Pick<DoorRequest, 'door'> {
  apiToken?: { workspaceId?: string };
  session?: { workspaceId?: string };
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Has the statements of a request run in a lane, each within its time, and end when the client goes before it is
 * answered. Services that need another lane than that of the method say so by `inLane`.
 */
export function requestLane(request: KnownRequest, response: ServerResponse, next: () => void): void {
  const asker = new Asker(() => shareKeyOf(request));
  response.once('close', () => {
    if (!response.writableFinished) asker.leave();
  });
  serve(laneOf(request), asker, next);
}

/** Those who ask over SCIM can narrow what they ask for; what a screen shows is asked for as a whole. */
function laneOf({ method, door }: KnownRequest): LaneName {
  if (!readMethods.has(method ?? '')) return 'write';
  return door === 'scim' ? 'list' : 'report';
}

/** The identity provider of a workspace and its admins do not wait for each other. */
function shareKeyOf({ apiToken, session }: KnownRequest): string | null {
  if (apiToken?.workspaceId !== undefined) return `provider ${apiToken.workspaceId}`;
  return session?.workspaceId === undefined ? null : `admins ${session.workspaceId}`;
}
