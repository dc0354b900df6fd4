import type { Cause } from './cause.ts';
import type { Facts } from './facts.ts';
import { isRefusal, type Silence } from './silence.ts';
import { tokenCauses } from './token-causes.ts';

/**
 * What there is to tell at this moment, as long as it is so. Of an inactive workspace nothing.
 *
 * @param silence when silence since the last contact is worth a message
 * @param known the keys of what was there at the last look: while a run is under way, what it holds is not new yet
 */
export function findCauses(
  facts: Facts,
  silence: Silence | null,
  known: ReadonlySet<string>,
  now: Date,
): Cause[] {
  if (!facts.isActive) return [];
  const found: (Cause | null)[] = [
    facts.held > 0 ? one('removals_held', { count: facts.held, access: facts.heldAccess }) : null,
    facts.conflicts > 0 ? one('conflicts', { count: facts.conflicts }) : null,
    facts.lastRun?.state === 'failed' ? one('run_failed', { runId: facts.lastRun.id }) : null,
    facts.isRefusing ? one('refusals') : null,
    silenceCause(facts, silence, now),
    firstContact(facts),
    ...tokenCauses(facts.tokens, now).causes,
  ];
  const isCounted = ({ key, kind }: Cause) =>
    known.has(key) || !facts.isRunning || !['removals_held', 'conflicts'].includes(kind);
  return found.filter((cause) => cause !== null).filter(isCounted);
}

function one(kind: Cause['kind'], params: Cause['params'] = {}): Cause {
  return { key: kind, kind, params };
}

function silenceCause({ contact }: Facts, silence: Silence | null, now: Date): Cause | null {
  if (contact === null || silence === null || !silence.isKnown || now < silence.at) return null;
  const params = {
    since: contact.at.toISOString(),
    status: isRefusal(contact.status) ? contact.status : null,
  };
  return one('idp_silent', params);
}

/** The identity provider called since provisioning was switched on. */
function firstContact({ contact, activatedAt }: Facts): Cause | null {
  return contact !== null && activatedAt !== null && contact.at >= activatedAt ? one('first_contact') : null;
}
