import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { settingsQuery } from '../../api/queries/overview.ts';
import type { Overview } from '../../api/shapes.ts';
import { keep, kept } from '../../kept.ts';
import { useNow } from '../../parts/text/time-text.tsx';
import { useSession } from '../../shell/session-gate.tsx';
import { type GuardWords, guardWords, type HeldAccess, isPutAside, putAside } from './guard-words.ts';

const storageKey = 'user-provisioning.dismissedGuard';

/** Whether people whose deactivation is held keep access, or it is suspended; the latter until the settings are there. */
export function useHeldAccess(): HeldAccess {
  return useQuery(settingsQuery).data?.heldLeavers ?? 'suspend';
}

/**
 * What there is to say of the safeguard, with the access that the settings leave to people who are held, and how it is put
 * aside in this browser; null: nothing, or that was put aside.
 */
export function useGuardWords(overview: Overview): (GuardWords & { dismiss: (() => void) | null }) | null {
  const { workspace } = useSession();
  const key = `${storageKey}.${workspace.id}`;
  const [stored, setStored] = useState(() => kept(key));
  const now = useNow();
  const words = guardWords(overview, useHeldAccess());
  if (words === null || !words.isOver) return words && { ...words, dismiss: null };
  const { lostAccess } = overview.removalGuard;
  if (isPutAside(stored, lostAccess, now)) return null;
  const dismiss = () => {
    const text = putAside(lostAccess, Date.now());
    keep(key, text);
    setStored(text);
  };
  return { ...words, dismiss };
}
