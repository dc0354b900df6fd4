import { useState } from 'react';

/** Somebody, or a group, that was chosen; named as it was shown. */
export interface Named {
  id: string;
  name: string;
}

/** The people a run is to be about. */
export interface Chosen {
  people: readonly Named[];
  groups: readonly Named[];
}

export const nobodyChosen: Chosen = { people: [], groups: [] };

/** Exactly these people. */
export function onlyThese(people: Iterable<Named>): Chosen {
  return { people: [...people].map(({ id, name }) => ({ id, name })), groups: [] };
}

/** As the service takes it; what is empty is left out. */
export function namedIn({ people, groups }: Chosen) {
  return {
    ...(people.length > 0 && { directoryUserIds: people.map(({ id }) => id) }),
    ...(groups.length > 0 && { groupIds: groups.map(({ id }) => id) }),
  };
}

/** The people and groups that somebody chooses, one after the other. */
export function useChosen(initial: Chosen) {
  const [chosen, setChosen] = useState(initial);
  const change = (part: keyof Chosen, to: (before: readonly Named[]) => readonly Named[]) =>
    setChosen((before) => ({ ...before, [part]: to(before[part]) }));
  return {
    chosen,
    add: (part: keyof Chosen, one: Named) =>
      change(part, (before) => (before.some(({ id }) => id === one.id) ? before : [...before, one])),
    remove: (part: keyof Chosen, id: string) =>
      change(part, (before) => before.filter((each) => each.id !== id)),
    begin: setChosen,
  };
}

export type ChosenState = ReturnType<typeof useChosen>;
