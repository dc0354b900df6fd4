import type { Finding, Overview, Simulation } from '../../api/shapes.ts';
import { minutesMs } from '../../duration.ts';

/** As long as the service says that people still arrive after the last of them. */
const arrivingForMs = minutesMs(10);

/** Whether a simulated company has come as far as it does: its identity provider has ended, and sends nothing more. */
export function hasSimulationEnded(
  { sandbox, lastContact }: Pick<Overview, 'sandbox' | 'lastContact'>,
  simulation: Pick<Simulation, 'finishedAt'> | null,
): boolean {
  const finishedAt = simulation?.finishedAt ?? null;
  if (!sandbox || finishedAt === null) return false;
  return lastContact === null || Date.parse(lastContact.at) <= Date.parse(finishedAt);
}

/**
 * Whether everybody was synchronized once: that starts what follows, unless an admin did before anybody had been. A run of some
 * people alone, whether they were chosen or have left, says nothing while others are still new.
 */
export function hasSynchronized({
  automaticSync,
  lastRun,
  pending,
}: Pick<Overview, 'automaticSync' | 'lastRun' | 'pending'>): boolean {
  if (automaticSync === 'not_started' || lastRun === null) return false;
  const { trigger, chosen } = lastRun;
  const isAboutAll = (trigger === 'manual' || trigger === 'nightly') && chosen === null;
  return isAboutAll || pending.create === 0;
}

/**
 * Whether the first people may still come: the first synchronization would be about some of them alone. Once everybody was
 * synchronized there is nothing to wait for; that it will happen by itself is no reason to do it now.
 *
 * @param findings undefined while they load: then people may come whose identity provider was there a moment ago
 */
export function mayArrive(
  overview: Pick<Overview, 'automaticSync' | 'lastRun' | 'pending' | 'sandbox' | 'lastContact'>,
  findings: readonly Pick<Finding, 'code'>[] | undefined,
  simulation: Pick<Simulation, 'finishedAt'> | null,
  now: number,
): boolean {
  const { lastContact } = overview;
  if (lastContact === null || hasSynchronized(overview)) return false;
  if (hasSimulationEnded(overview, simulation)) return false;
  if (findings !== undefined) return findings.some(({ code }) => code === 'first-cycle-running');
  return now - Date.parse(lastContact.at) < arrivingForMs;
}
