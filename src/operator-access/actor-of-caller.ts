import type { Actor } from '../audit/audit.service.ts';
import type { Caller } from '../http/request/caller.ts';

/** A caller of `/operator` as the audit log names them. */
export function actorOfCaller(caller: Caller): Actor {
  return caller.kind === 'operator' ? caller : { kind: 'product', keyId: caller.id, name: caller.name };
}
