import { seconds } from '../../errors/duration.ts';

/** Longer than a connection waits for its turn, so that only those are left that nobody will take. */
const takenWithinMs = seconds(5);

/** What Node holds of a connection that it has accepted and not given to anybody yet. */
interface AcceptedHandle {
  onconnection: unknown;
  close(): void;
}

/**
 * To be called when a process behind the port has died. The connection that was on its way to it at that moment is lost to
 * `node:cluster`, which goes on waiting for the dead: its client would get no answer, and no end either. It is closed, so
 * that the client can ask again.
 */
export function closeLostConnections(): void {
  const before = accepted();
  if (before.length === 0) return;
  setTimeout(() => {
    const now = accepted();
    for (const handle of before) if (now.includes(handle)) handle.close();
  }, takenWithinMs).unref();
}

/** Connections that no socket owns; a handle that listens has `onconnection`. */
function accepted(): AcceptedHandle[] {
  const { _getActiveHandles: activeHandles } = process as unknown as { _getActiveHandles?: () => unknown[] };
  return (activeHandles?.call(process) ?? []).filter(isAccepted);
}

function isAccepted(handle: unknown): handle is AcceptedHandle {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    handle.constructor.name === 'TCP' &&
    'onconnection' in handle &&
    handle.onconnection === null
  );
}
