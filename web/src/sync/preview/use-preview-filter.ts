import { useSearchParams } from '../../parts/page/use-search-params.ts';
import { type PreviewFilter, previewSorts, type PreviewSort } from '../../api/queries/preview.ts';
import { type PendingKind, pendingKinds } from '../../api/shapes.ts';
import type { Sorting } from '../../parts/lists/sort-head.tsx';
import { useSearch } from '../../parts/page/use-search.ts';

/** What the list is narrowed to and sorted by. All of it stands in the address. */
export function usePreviewFilter() {
  const [address, setAddress] = useSearchParams();
  const { typed, search, type } = useSearch();
  const kind = pendingKinds.find((each) => each === address.get('kind'));
  const groupId = address.get('groupId') ?? undefined;
  const since = address.get('since') === 'last-run' ? ('last-run' as const) : undefined;
  const by = previewSorts.find((each) => each === address.get('sort')) ?? null;
  const sorting: Sorting<PreviewSort> = { by, isDescending: by !== null && address.get('order') === 'desc' };
  const set = (changes: Record<string, string | undefined>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  /** Who is on the list: as acts on everybody who matches take it. */
  const matching = {
    ...(kind !== undefined && { kind }),
    ...(search !== '' && { search }),
    ...(groupId !== undefined && { groupId }),
    ...(since !== undefined && { since }),
  };
  const query: PreviewFilter = {
    ...matching,
    ...(by !== null && { sort: by, ...(sorting.isDescending && { order: 'desc' as const }) }),
  };
  return {
    kind,
    groupId,
    since,
    typed,
    search,
    sorting,
    matching,
    query,
    tab: address.get('tab') === 'groups' ? ('groups' as const) : ('people' as const),
    isFiltered: Object.keys(matching).length > 0,
    setTyped: type,
    setKind: (next: PendingKind | undefined) => set({ kind: next, groupId: undefined }),
    /** Everybody of a group, whatever was looked for before. */
    setGroup: (next: string | undefined) => {
      if (next !== undefined) type('');
      set({ groupId: next, tab: undefined, kind: undefined, since: undefined, search: undefined });
    },
    setSince: (on: boolean) => set({ since: on ? 'last-run' : undefined }),
    setSorting: (next: Sorting<PreviewSort>) =>
      set({ sort: next.by ?? undefined, order: next.by !== null && next.isDescending ? 'desc' : undefined }),
    setTab: (next: 'people' | 'groups') => set({ tab: next === 'groups' ? next : undefined }),
  };
}

export type UsedPreviewFilter = ReturnType<typeof usePreviewFilter>;
