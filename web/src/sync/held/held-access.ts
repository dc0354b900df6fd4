import { useQuery } from '@tanstack/react-query';
import { settingsQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';
import { type GuardWords, guardWords, type HeldAccess } from './guard-words.ts';

/** Whether people whose deactivation is held keep access, or it is suspended; the latter until the settings are there. */
export function useHeldAccess(): HeldAccess {
  return useQuery(settingsQuery).data?.heldLeavers ?? 'suspend';
}

/** What there is to say of the safeguard, with the access that the settings leave to people who are held. */
export function useGuardWords(overview: Overview): GuardWords | null {
  return guardWords(overview, useHeldAccess());
}
