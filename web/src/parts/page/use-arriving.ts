import { useQuery } from '@tanstack/react-query';
import { findingsQuery, overviewQuery, sandboxQuery } from '../../api/queries/overview.ts';
import type { Simulation } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { useNow } from '../text/time-text.tsx';
import { mayArrive } from './arriving.ts';

/** The simulation that runs or ran last; null where there is none. */
export function useSimulation(): Simulation | null {
  const isSandbox = useQuery(overviewQuery).data?.sandbox === true;
  const { data } = useQuery({ ...sandboxQuery, enabled: isSandbox });
  return (isSandbox && data?.simulation) || null;
}

/** Whether the first people may still come from the identity provider. */
export function useIsArriving(): boolean {
  const { language } = useTranslation();
  const overview = useQuery(overviewQuery).data;
  const findings = useQuery(findingsQuery(language));
  const simulation = useSimulation();
  const now = useNow();
  // What cannot be read is not waited for.
  const items = findings.isError ? (findings.data?.items ?? []) : findings.data?.items;
  return overview !== undefined && mayArrive(overview, items, simulation, now);
}
