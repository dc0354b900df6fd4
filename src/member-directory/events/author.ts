import { type Actor, actorOf, type Admin } from '../../audit/audit.service.ts';
import type { EventCause } from '../../events/event.ts';
import { byAdmin } from './member-events.ts';

/**
 * Who does something in a workspace.
 *
 * @property actor as the audit log names them
 * @property cause as events name them
 */
export interface Author {
  workspaceId: string;
  actor: Actor;
  cause: EventCause;
}

/** An admin, in the settings screen. */
export function adminAuthor({ workspaceId, email }: Admin): Author {
  return { workspaceId, actor: actorOf(email), cause: byAdmin };
}

/** The host product's back end. @param actor whose credentials it came with */
export function productAuthor(workspaceId: string, actor: Actor): Author {
  return { workspaceId, actor, cause: { by: 'product', runId: null, reason: null } };
}
