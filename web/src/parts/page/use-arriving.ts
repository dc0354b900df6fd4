import { useQuery } from '@tanstack/react-query';
import { findingsQuery } from '../../api/queries/overview.ts';
import { useTranslation } from '../../i18n.ts';

/** Whether the first people still come from the identity provider: a synchronization would be about some of them alone. */
export function useIsArriving(): boolean {
  const { language } = useTranslation();
  const findings = useQuery(findingsQuery(language)).data?.items ?? [];
  return findings.some(({ code }) => code === 'first-cycle-running');
}
