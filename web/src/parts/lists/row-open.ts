import { createContext, useContext, useState } from 'react';

/** The rows of a list that are open, by their keys: they stay so while they are out of sight, where they do not exist. */
export const OpenRows = createContext<Set<string> | null>(null);

/** The key of the row that something stands in. */
export const RowKey = createContext('');

/** Whether the row is open, and what opens and closes it. Outside of a list it forgets with the page. */
export function useRowOpen(): [isOpen: boolean, toggle: () => void] {
  const rows = useContext(OpenRows);
  const key = useContext(RowKey);
  const [isOpen, setOpen] = useState(() => rows?.has(key) ?? false);
  const toggle = () => {
    if (isOpen) rows?.delete(key);
    else rows?.add(key);
    setOpen(!isOpen);
  };
  return [isOpen, toggle];
}
