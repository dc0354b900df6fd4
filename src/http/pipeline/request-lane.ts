import type { ServerResponse } from 'node:http';
import type { LaneName, ShareName } from '../../database/lanes/lane.ts';
import { Asker, serve } from '../../database/lanes/task.ts';
import type { KnownMessage } from '../request/request-state.ts';

const workspaceInPath = /^\/operator\/workspaces\/([^/?]+)/i;
const readMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Has the statements of a request run in a lane, each within its time, and end when the client goes before it is
 * answered. Services that need another lane than that of the method say so by `inLane`.
 */
export function requestLane(request: KnownMessage, response: ServerResponse, next: () => void): void {
  const asker = new Asker((share) => shareKeyOf(request, share));
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

/**
 * The identity provider of a workspace, its admins and the back end do not wait for each other. What the back end writes may
 * wait for a lock of its workspace; what it reads waits for nobody, and may be long, such as a snapshot.
 */
function shareKeyOf({ apiToken, session, door, originalUrl }: KnownMessage, share: ShareName): string | null {
  if (apiToken !== undefined) return `provider ${apiToken.workspaceId}`;
  if (session !== undefined) return `admins ${session.workspaceId}`;
  if (door !== 'operator' || share !== 'writes') return null;
  const workspace = workspaceInPath.exec(originalUrl ?? '')?.[1];
  return workspace === undefined ? null : `back end ${workspace.toLowerCase()}`;
}
