import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';

/** Whether user provisioning is active, and so keeps fields of members to itself; active until that is known. */
export function useProvisioningState(): Overview['state'] {
  return useQuery(overviewQuery).data?.state ?? 'active';
}
