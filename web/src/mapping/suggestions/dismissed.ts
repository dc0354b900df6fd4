import { useState } from 'react';
import { keep, kept } from '../../kept.ts';
import { useSession } from '../../shell/session-gate.tsx';

const storageKey = 'user-provisioning.dismissedSuggestions';

/** The attributes whose suggestions the admin put aside in this browser. */
export function useDismissed() {
  const { workspace } = useSession();
  const key = `${storageKey}.${workspace.id}`;
  const [paths, setPaths] = useState<readonly string[]>(() => stored(key));
  const remember = (next: readonly string[]) => {
    setPaths(next);
    keep(key, JSON.stringify(next));
  };
  return {
    isDismissed: (path: string) => paths.includes(path),
    dismiss: (path: string) => remember([...paths, path]),
    showAgain: () => remember([]),
  };
}

function stored(key: string): string[] {
  try {
    const value: unknown = JSON.parse(kept(key) ?? '[]');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
