import { useState } from 'react';

/** The people who are ticked in a list, by their ids. */
export interface PeopleChoice {
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  clear: () => void;
}

const nobody: ReadonlySet<string> = new Set();

/** Nobody is ticked at first. */
export function usePeopleChoice(): PeopleChoice {
  const [chosen, setChosen] = useState(nobody);
  return {
    chosen,
    toggle: (id) =>
      setChosen(
        (before) => new Set(before.has(id) ? [...before].filter((each) => each !== id) : [...before, id]),
      ),
    clear: () => setChosen(nobody),
  };
}
