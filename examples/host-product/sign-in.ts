import type { DatabaseSync } from 'node:sqlite';
import { type Client, ProblemError } from '../../clients/node/src/index.ts';

/** A sign-in must not wait longer than this for the service. */
const checkTimeoutMs = 2_000;

/**
 * Whether somebody may come in. The service knows best, because it knows what happened a moment ago; when it cannot be
 * asked, the copy answers.
 */
export async function mayComeIn(
  client: Client,
  database: DatabaseSync,
  workspaceId: string,
  email: string,
): Promise<{ memberId: string } | { fault: string }> {
  const known = database
    .prepare('SELECT id, access FROM mirror_member WHERE workspace_id = ? AND lower(email) = lower(?)')
    .get(workspaceId, email);
  if (known === undefined) return { fault: 'There is nobody with this address.' };
  const decision = await client
    .accessCheck({ workspace: workspaceId, email }, { signal: AbortSignal.timeout(checkTimeoutMs) })
    .catch((error: unknown) => {
      if (error instanceof ProblemError && !error.mayPass) throw error;
      return null;
    });
  const isAllowed = decision === null ? known.access === 'granted' : decision.decision === 'allow';
  if (!isAllowed) return { fault: decision?.reason.text ?? 'Your access has ended.' };
  return { memberId: String(known.id) };
}
