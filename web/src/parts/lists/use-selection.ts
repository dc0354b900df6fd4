import { useState } from 'react';

/** Somebody on a list: who they are, how they are called, and what kind of entry it is. */
export interface Choosable {
  id: string;
  name: string;
  kind: string;
}

/** Who is chosen on a list: those who are ticked, or everybody who matches, loaded or not. */
export interface Selection {
  isAll: boolean;
  chosen: ReadonlyMap<string, Choosable>;
  has: (id: string) => boolean;
  /**
   * Ticks somebody, or takes the tick away.
   *
   * @param items the list as it is loaded, in its order
   * @param extend also everybody between them and the one who was ticked before
   */
  toggle: (item: Choosable, items: readonly Choosable[], extend: boolean) => void;
  /** Ticks everybody who is loaded, or nobody. */
  toggleLoaded: (items: readonly Choosable[]) => void;
  chooseAll: () => void;
  clear: () => void;
}

interface State {
  list: string;
  isAll: boolean;
  chosen: ReadonlyMap<string, Choosable>;
  /** The one who was ticked last. */
  anchor: string | null;
}

const nobody: ReadonlyMap<string, Choosable> = new Map();

/** Nobody is chosen at first, nor when the list is narrowed to others. @param list what the list shows */
export function useSelection(list: string): Selection {
  const [kept, setState] = useState<State>({ list, isAll: false, chosen: nobody, anchor: null });
  const state = kept.list === list ? kept : { list, isAll: false, chosen: nobody, anchor: null };
  const choose = (chosen: ReadonlyMap<string, Choosable>, anchor: string | null = null) =>
    setState({ list, isAll: false, chosen, anchor });
  const has = (id: string) => state.isAll || state.chosen.has(id);
  return {
    isAll: state.isAll,
    chosen: state.chosen,
    has,
    toggle: (item, items, extend) => {
      const chosen = new Map(state.isAll ? items.map((each) => [each.id, each]) : state.chosen);
      const isOn = !has(item.id);
      for (const each of extend ? between(items, state.anchor, item.id) : [item]) {
        if (isOn) chosen.set(each.id, each);
        else chosen.delete(each.id);
      }
      choose(chosen, item.id);
    },
    toggleLoaded: (items) =>
      choose(items.every(({ id }) => has(id)) ? nobody : new Map(items.map((each) => [each.id, each]))),
    chooseAll: () => setState({ list, isAll: true, chosen: nobody, anchor: null }),
    clear: () => choose(nobody),
  };
}

/** Those from one to another, both included, in either direction; without the one, only the other. */
function between(items: readonly Choosable[], from: string | null, to: string): readonly Choosable[] {
  const end = items.findIndex(({ id }) => id === to);
  const start = from === null ? end : items.findIndex(({ id }) => id === from);
  return items.slice(Math.min(start < 0 ? end : start, end), Math.max(start, end) + 1);
}
