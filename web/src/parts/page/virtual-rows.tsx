import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useKeptPlace } from './use-kept-place.ts';
import { memo, type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react';

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
  loadMore: () => void;
}

/** A list of any length: only the rows in sight exist, and the next page is loaded before the end is reached. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const { items, label, head, fixedHeight = false, isTable = false, total } = props;
  const { keyOf, render, hasMore, isLoadingMore, loadMore } = props;
  const place = useRef<HTMLDivElement>(null);
  const offset = useOffsetInPage(place);
  const [heightPx] = useState(() => Math.round(rowHeightRem * remPx()));
  const identify = useLatest(keyOf);
  // With a new function, the virtualizer would measure all rows again.
  const getItemKey = useCallback(
    (at: number) => {
      const item = items[at];
      return item === undefined ? at : identify.current(item);
    },
    [items],
  );
  const rows = useWindowVirtualizer({
    count: items.length + (hasMore ? placeholderRows : 0),
    estimateSize: () => heightPx,
    overscan,
    scrollMargin: offset,
    getItemKey,
  });
  useKeptPlace({ count: items.length, hasMore, isLoadingMore, loadMore });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (hasMore && !isLoadingMore && last >= items.length - loadAheadRows) loadMore();
  }, [hasMore, isLoadingMore, last, items.length, loadMore]);
  const count = total ?? (hasMore ? -1 : items.length);
  return (
    <Frame isTable={isTable} label={label} head={head} count={count}>
      <div
        ref={place}
        className="rows"
        role={isTable ? 'rowgroup' : 'list'}
        aria-label={isTable ? undefined : label}
        aria-busy={isLoadingMore}
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
              count={count}
              isTable={isTable}
              topPx={topPx}
              heightPx={fixedHeight ? heightPx : undefined}
              measure={fixedHeight ? undefined : rows.measureElement}
            />
          );
        })}
      </div>
    </Frame>
  );
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
  /** How many there are; -1 while that is not known. */
  count: number;
  topPx: number;
  heightPx: number | undefined;
  measure: ((row: HTMLElement | null) => void) | undefined;
}

/** Renders again only when its own values change: other rows come and go with every scroll event. */
const Row = memo(function Row<T>(props: RowProps<T>) {
  const { item, render, isTable, index, count, topPx, heightPx, measure } = props;
  const ofList = { role: 'listitem', 'aria-setsize': count, 'aria-posinset': index + 1 };
  return (
    <div
      ref={measure}
      data-index={index}
      className="row"
      {...(isTable ? { role: 'presentation' } : ofList)}
      style={{ transform: `translateY(${topPx}px)`, height: heightPx }}
    >
      {render(item, index)}
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
