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
 * Whether the first people may still come: the first synchronization would be about some of them alone. Once everybody was
 * synchronized, or that happens by itself, there is nothing to wait for.
 *
 * @param findings undefined while they load: then people may come whose identity provider was there a moment ago
 */
export function mayArrive(
  overview: Pick<Overview, 'automaticSync' | 'sandbox' | 'lastContact'>,
  findings: readonly Pick<Finding, 'code'>[] | undefined,
  simulation: Pick<Simulation, 'finishedAt'> | null,
  now: number,
): boolean {
  const { automaticSync, lastContact } = overview;
  if (automaticSync !== 'not_started' || hasSimulationEnded(overview, simulation)) return false;
  if (findings !== undefined) return findings.some(({ code }) => code === 'first-cycle-running');
  return lastContact !== null && now - Date.parse(lastContact.at) < arrivingForMs;
}
