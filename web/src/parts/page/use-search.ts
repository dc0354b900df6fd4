import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from './use-search-params.ts';

const typingPauseMs = 250;

/**
 * A search that stands in the address, so that reload, Back and sharing a link keep it.
 *
 * @returns `typed`: what stands in the box; `search`: what is searched for, once the typing pauses
 */
export function useSearch(name = 'search'): {
  typed: string;
  search: string;
  type: (text: string) => void;
} {
  const [address, setAddress] = useSearchParams();
  const inAddress = address.get(name) ?? '';
  const [typed, setTyped] = useState(inAddress);
  const [settled] = useDebouncedValue(typed.trim(), typingPauseMs);
  const written = useRef(inAddress);
  // Back and Forward change the address: then the box follows.
  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setTyped(inAddress);
  }, [inAddress]);
  useEffect(() => {
    if (settled === written.current || settled !== typed.trim()) return;
    written.current = settled;
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (settled === '') next.delete(name);
        else next.set(name, settled);
        return next;
      },
      { replace: true },
    );
  }, [settled, typed, name, setAddress]);
  return { typed, search: settled, type: setTyped };
}
