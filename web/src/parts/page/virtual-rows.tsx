import { Group, Loader, Text } from '@mantine/core';
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n.ts';
import { type Found, foundWords, setSize } from '../lists/found-words.ts';
import { useKeptFocus } from '../lists/kept-focus.ts';
import { OpenRows, RowKey } from '../lists/row-open.ts';
import { inWords } from '../text/sentence.ts';
import { useAnnouncement } from './announcer.tsx';
import { useKeptPlace } from './use-kept-place.ts';

const overscan = 6;
/** The height of a row, or an estimate until it is measured. */
const rowHeightRem = 4;
/** How many rows before the end the next page is loaded. */
const loadAheadRows = 50;
/** How many empty rows stand in for the next page. */
const placeholderRows = 12;

export interface VirtualRowsProps<T> {
  items: readonly T[];
  label: string;
  /** Names the columns; hidden on a phone, where rows are cards. */
  head?: ReactNode;
  /**
   * Whether it is a table, whose head and rows have the roles of one: the row that `render` gives is the row of the table,
   * and stands in it at the index that it is given. Otherwise it is a list.
   */
  isTable?: boolean;
  /** How many there are, where that is known before all of them are loaded. */
  total?: number | null;
  /** Whether every row is `rowHeightRem` high, so that none is measured. */
  fixedHeight?: boolean;
  keyOf: (item: T) => string;
  /** Rows stay as they are while this stays the same function. */
  render: (item: T, index: number) => ReactNode;
  hasMore: boolean;
  isLoadingMore: boolean;
  /** What is shown is of another search or order: what is asked for is on its way. */
  isStale?: boolean;
  loadMore: () => void;
  /** How many rows before the end the next page is loaded, where it is not as many as elsewhere. */
  loadAhead?: number;
  /** What is counted above the list and announced: how many there are in all, and whether some are left out. */
  counted?: { what: 'people' | 'members' | 'groups'; total?: number | undefined; isNarrowed: boolean };
}

/** A list of any length: only the rows in sight exist, and the next page is loaded before the end is reached. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { items, label, head, fixedHeight = false, isTable = false, counted, render } = props;
  const { keyOf, hasMore, isLoadingMore, isStale = false, loadMore } = props;
  const place = useRef<HTMLDivElement>(null);
  const focused = useKeptFocus(place);
  const [openRows] = useState(() => new Set<string>());
  const offset = useOffsetInPage(place);
  const [heightPx] = useState(() => Math.round(rowHeightRem * remPx()));
  const getItemKey = useItemKey(items, keyOf);
  const rows = useWindowVirtualizer({
    count: items.length + (hasMore ? placeholderRows : 0),
    estimateSize: () => heightPx,
    overscan,
    scrollMargin: offset,
    getItemKey,
    rangeExtractor: useCallback((range: Range) => rangeWith(focused.current, range), [focused]),
  });
  useKeptPlace({ count: items.length, hasMore, isLoadingMore, loadMore });
  const shown = rows.getVirtualItems();
  useLoadedAhead(props, shown.at(-1)?.index ?? 0);
  const found = foundIn(props);
  return (
    <OpenRows value={openRows}>
      {counted && <FoundCount found={found} what={counted.what} isStale={isStale} />}
      {!counted && isStale && <Updating isSaidOnly />}
      <Frame isTable={isTable} label={label} head={head} count={setSize(found)}>
        <div
          ref={place}
          className={isStale ? 'rows stale' : 'rows'}
          role={isTable ? 'rowgroup' : 'list'}
          aria-label={isTable ? undefined : label}
          aria-busy={isLoadingMore || isStale}
          style={{ height: rows.getTotalSize() }}
        >
          {shown.map((row) => {
            const item = items[row.index];
            const topPx = row.start - offset;
            return item === undefined ? (
              <Placeholder key={row.key} topPx={topPx} heightPx={heightPx} />
            ) : (
              <Row
                key={row.key}
                item={item}
                render={render}
                index={row.index}
                rowKey={String(row.key)}
                count={setSize(found)}
                isTable={isTable}
                topPx={topPx}
                heightPx={fixedHeight ? heightPx : undefined}
                measure={fixedHeight ? undefined : rows.measureElement}
              />
            );
          })}
        </div>
      </Frame>
    </OpenRows>
  );
}

/** Loads the next page before its rows come into sight. @param last the last row in sight */
function useLoadedAhead<T>(props: VirtualRowsProps<T>, last: number): void {
  const { items, hasMore, isLoadingMore, loadMore, loadAhead = loadAheadRows } = props;
  useLayoutEffect(() => {
    if (hasMore && !isLoadingMore && last >= items.length - loadAhead) loadMore();
  }, [hasMore, isLoadingMore, last, items.length, loadMore, loadAhead]);
}

interface FrameProps {
  isTable: boolean;
  label: string;
  head: ReactNode;
  /** How many rows there are; -1 while that is not known. */
  count: number;
  children: ReactNode;
}

/** The head above the rows; of a table, what says that it is one. */
function Frame({ isTable, label, head, count, children }: FrameProps) {
  if (!isTable) {
    return (
      <div>
        {head}
        {children}
      </div>
    );
  }
  return (
    <div role="table" aria-label={label} aria-rowcount={count < 0 ? -1 : count + 1}>
      <div role="rowgroup">{head}</div>
      {children}
    </div>
  );
}

/** With a new function, the virtualizer would measure all rows again. */
function useItemKey<T>(items: readonly T[], keyOf: (item: T) => string) {
  const identify = useLatest(keyOf);
  return useCallback(
    (at: number) => {
      const item = items[at];
      return item === undefined ? at : identify.current(item);
    },
    [items],
  );
}

/** What the list has so far. */
function foundIn<T>({ items, hasMore, total, counted }: VirtualRowsProps<T>): Found {
  return {
    count: total ?? items.length,
    hasMore: total == null && hasMore,
    total: counted?.total,
    isNarrowed: counted?.isNarrowed ?? false,
  };
}

/** How many the list has; said again when that changes. */
function FoundCount({ found, what, isStale }: FoundCountProps) {
  const { t } = useTranslation();
  const text = inWords(foundWords(found, what), t);
  useAnnouncement(isStale ? '' : text);
  return (
    <div className="found-count">
      <Text size="xs" c="dimmed" px="md" py="xs" className={isStale ? 'stale' : undefined}>
        {text}
      </Text>
      {isStale && <Updating />}
    </div>
  );
}

interface FoundCountProps {
  found: Found;
  what: 'people' | 'members' | 'groups';
  isStale: boolean;
}

/** Another search or order was asked for, and its answer is not there yet. It is in sight, and said, when that takes long. */
function Updating({ isSaidOnly = false }: { isSaidOnly?: boolean }) {
  const { t } = useTranslation();
  const text = t('list.updating');
  useAnnouncement(text);
  // Where no line counts the rows, one more would move them.
  if (isSaidOnly) return null;
  return (
    <Group gap="xs" px="md" py="xs" className="updating">
      <Loader size="0.75rem" aria-hidden />
      <Text size="xs" c="dimmed">
        {text}
      </Text>
    </Group>
  );
}

/** The rows in sight, and the one that has the focus: it would lose it if it left the page. */
function rangeWith(at: number, range: Range): number[] {
  const rows = defaultRangeExtractor(range);
  if (at < 0 || at >= range.count || rows.includes(at)) return rows;
  return [...rows, at].sort((left, right) => left - right);
}

/** The value as it was last rendered, in a reference that stays the same. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}

interface RowProps<T> {
  item: T;
  render: (item: T, index: number) => ReactNode;
  isTable: boolean;
  index: number;
  rowKey: string;
  /** How many there are; -1 while that is not known. */
  count: number;
  topPx: number;
  heightPx: number | undefined;
  measure: ((row: HTMLElement | null) => void) | undefined;
}

/** Renders again only when its own values change: other rows come and go with every scroll event. */
const Row = memo(function Row<T>(props: RowProps<T>) {
  const { item, render, isTable, index, rowKey, count, topPx, heightPx, measure } = props;
  const ofList = { role: 'listitem', 'aria-setsize': count, 'aria-posinset': index + 1 };
  return (
    <div
      ref={measure}
      data-index={index}
      className="row"
      {...(isTable ? { role: 'presentation' } : ofList)}
      style={{ transform: `translateY(${topPx}px)`, height: heightPx }}
    >
      <RowKey value={rowKey}>{render(item, index)}</RowKey>
    </div>
  );
}) as <T>(props: RowProps<T>) => ReactNode;

function Placeholder({ topPx, heightPx }: { topPx: number; heightPx: number }) {
  return (
    <div
      aria-hidden
      className="row placeholder"
      style={{ transform: `translateY(${topPx}px)`, height: heightPx }}
    />
  );
}

/** How far below the top of the page the element begins, in pixels. */
function useOffsetInPage(place: { current: HTMLElement | null }): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const top = place.current?.getBoundingClientRect().top ?? 0;
      setOffset(Math.round(top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [place]);
  return offset;
}

/** Rows grow with the size of text that the reader chose. */
function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
