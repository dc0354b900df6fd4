import type { Finding, Overview, Simulation } from '../../api/shapes.ts';
import { providerNames } from '../../guides/guide.ts';
import { hasSimulationEnded, hasSynchronized } from '../../parts/page/arriving.ts';
import { say, type Sentence } from '../../parts/text/sentence.ts';

/** Nothing is wrong: the steps say where to look meanwhile. */
const onlyTold: readonly Finding['code'][] = ['first-cycle-running'];

/**
 * Whether a finding is told: nobody is to wait for the first people who has synchronized them, whose identity provider has
 * not come since the activation, or whose simulated company has come.
 */
export function isTold(
  { code }: Pick<Finding, 'code'>,
  overview: Pick<Overview, 'automaticSync' | 'lastRun' | 'pending' | 'sandbox' | 'lastContact'>,
  simulation: Pick<Simulation, 'finishedAt'> | null,
): boolean {
  if (code !== 'first-cycle-running') return true;
  if (overview.lastContact === null) return false;
  return !hasSynchronized(overview) && !hasSimulationEnded(overview, simulation);
}

/**
 * What a finding is called; null: as the service words it. How many people have arrived by now stands on the same page,
 * from the overview, and only a number of the same answer fits to it.
 */
export function titleWords(
  { code }: Pick<Finding, 'code'>,
  overview: Pick<Overview, 'directory'> | undefined,
): Sentence | null {
  if (code !== 'first-cycle-running' || overview === undefined) return null;
  return say('findings.arrivedSoFar', { count: overview.directory.users });
}

/** What the button says that shows the steps of a finding; null: there is nothing to do, and no button. */
export function stepsWords({ code, fix }: Pick<Finding, 'code' | 'fix'>): Sentence | null {
  if (fix.steps.length === 0) return null;
  const provider = fix.provider === 'other' ? null : providerNames[fix.provider];
  if (onlyTold.includes(code)) {
    return provider === null ? say('findings.look') : say('findings.lookIn', { provider });
  }
  return provider === null ? say('findings.fix') : say('findings.fixIn', { provider });
}
