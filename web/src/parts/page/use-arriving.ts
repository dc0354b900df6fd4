import { useQuery } from '@tanstack/react-query';
import { findingsQuery, overviewQuery } from '../../api/queries/overview.ts';
import { useTranslation } from '../../i18n.ts';

/**
 * Whether the first people still come from the identity provider: the first synchronization would be about some of them
 * alone. Once everybody was synchronized, or that happens by itself, there is nothing to wait for.
 */
export function useIsArriving(): boolean {
  const { language } = useTranslation();
  const isFirst = useQuery(overviewQuery).data?.automaticSync === 'not_started';
  const findings = useQuery(findingsQuery(language)).data?.items ?? [];
  return isFirst && findings.some(({ code }) => code === 'first-cycle-running');
}
