import { useQuery } from '@tanstack/react-query';
import { settingsQuery } from '../../api/queries/overview.ts';
import type { Settings } from '../../api/shapes.ts';

/** Whether people whose removal is held keep access, or it is suspended; the latter until the settings are there. */
export function useHeldAccess(): Settings['heldLeavers'] {
  return useQuery(settingsQuery).data?.heldLeavers ?? 'suspend';
}
