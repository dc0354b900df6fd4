import { ForbiddenError } from '../errors/domain-errors.ts';
import type { ApiToken } from '../http/request/request-state.ts';
import { days } from '../errors/duration.ts';

/** How long a workspace that lost its entitlement can get it back without losing anything. */
export const suspensionLengthDays = 30;

/** Until when a workspace is suspended that loses its entitlement now. */
export function suspensionFrom(now: Date): Date {
  return new Date(now.getTime() + days(suspensionLengthDays));
}

/** The end of a suspension, or null where there is none, or none any more. */
export function suspensionAt(suspendedUntil: Date | null, now: Date): Date | null {
  return suspendedUntil !== null && suspendedUntil > now ? suspendedUntil : null;
}

/** The workspace is suspended: see {@link suspended}. */
export class SuspendedError extends ForbiddenError {
  /** The good token that a SCIM request came with. */
  token: ApiToken | undefined;
}

/**
 * What a workspace that lost its entitlement is told, by SCIM and by the API.
 *
 * @param productName who to ask: the vendor's product
 */
export function suspended(productName: string, until: Date): SuspendedError {
  const day = until.toISOString().slice(0, 10);
  return new SuspendedError(
    'suspended',
    `User provisioning is suspended, because it is not part of your plan at ${productName} any more. Until ${day} everything ` +
      `is kept as it is and nothing can be changed. Ask your contact at ${productName} to enable it again: ` +
      'then it continues where it stopped.',
    { suspendedUntil: until.toISOString() },
  );
}
