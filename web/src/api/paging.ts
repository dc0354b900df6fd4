import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { paths } from './schema.d.ts';

/** How many items are loaded at a time. */
export const pageSize = 100;
/** Changes of people are small and read quickly, so more of them are loaded at a time. */
export const previewPageSize = 200;

/** One page of a list as the service answers with it. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The newest entries of a list; `isWhole`: there are no others. */
export interface Newest<T> {
  entries: T[];
  isWhole: boolean;
}

/** Pages of an export are as large as the service makes them. */
const exportPageSize = 200;

/** The newest entries of a list, more than a page of them. */
export async function newestOf<T>(
  entriesMax: number,
  readPage: (limit: number, cursor: string) => Promise<Page<T>>,
): Promise<Newest<T>> {
  const entries: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null && entries.length < entriesMax) {
    const page: Page<T> = await readPage(exportPageSize, cursor);
    entries.push(...page.items);
    cursor = page.nextCursor;
  }
  return { entries, isWhole: cursor === null };
}

/** How many pages are loaded again when the window gets the focus; a list that was scrolled farther stays as it is. */
const refetchedPagesMax = 5;
/** Whether it is loaded again when the window gets the focus: whatever is no list of many pages. */
export const unlessScrolledFar = (query: { state: { data: unknown } }): boolean => {
  const data = query.state.data as { pages?: unknown[] } | null | undefined;
  return (data?.pages?.length ?? 0) <= refetchedPagesMax;
};

/** Where the next page begins, as the query client wants it. */
export const nextCursor = (page: { nextCursor?: string | null }) => page.nextCursor ?? undefined;
/** The first page has no cursor. */
export const cursorOf = (pageParam: string) => (pageParam === '' ? {} : { cursor: pageParam });
/** Leaves out what is empty, since an empty filter is refused. */
export function given<T extends Record<string, string | undefined>>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as Partial<T>;
}

/** The query of a list, as the contract describes it. */
type ListQuery<Path extends keyof paths> = paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? Query
  : never;

/** A filter from the address bar as the query of a list. The service refuses a value that it does not know. */
export function queryFrom<Path extends keyof paths>(
  filter: Record<string, string | undefined>,
): ListQuery<Path> {
  return given(filter) as ListQuery<Path>;
}

const itemsOf = new WeakMap<object, unknown[]>();

/** All items that were loaded so far; the same array until more are loaded. */
export function loadedItems<T>(
  query: Pick<UseInfiniteQueryResult<InfiniteData<{ items: T[] }>>, 'data'>,
): T[] {
  if (query.data === undefined) return [];
  const known = itemsOf.get(query.data);
  if (known !== undefined) return known as T[];
  const items = query.data.pages.flatMap((page) => page.items);
  itemsOf.set(query.data, items);
  return items;
}

/** Whether nothing can be said of a list yet: it has not come, or nothing was found by another search than this one. */
export function isAwaited(
  query: Pick<
    UseInfiniteQueryResult<InfiniteData<{ items: unknown[] }>>,
    'data' | 'isPending' | 'isPlaceholderData'
  >,
): boolean {
  return query.isPending || (query.isPlaceholderData && loadedItems(query).length === 0);
}
