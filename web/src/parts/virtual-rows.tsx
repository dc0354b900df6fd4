import { Loader } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react';

const overscan = 8;
/** How many rows before the end the next page is asked for. */
const loadAheadRows = 30;

export interface VirtualRowsProps<T> {
  items: readonly T[];
  label: string;
  /** Names the columns; hidden on a phone, where rows are cards. */
  head?: ReactNode;
  estimateHeightPx?: number;
  keyOf: (item: T) => string;
  render: (item: T) => ReactNode;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
}

/** A list of any length: only the rows in sight exist, and the next page is asked for before its end is reached. */
export function VirtualRows<T>(props: VirtualRowsProps<T>) {
  const {
    items,
    label,
    head,
    estimateHeightPx = 64,
    keyOf,
    render,
    hasMore,
    isLoadingMore,
    loadMore,
  } = props;
  const place = useRef<HTMLDivElement>(null);
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
  }, []);
  const identify = useRef(keyOf);
  identify.current = keyOf;
  // A new function would make the virtualizer measure all rows anew.
  const getItemKey = useCallback(
    (at: number) => {
      const item = items[at];
      return item === undefined ? at : identify.current(item);
    },
    [items],
  );
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => estimateHeightPx,
    overscan,
    scrollMargin: offset,
    getItemKey,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (hasMore && !isLoadingMore && last >= items.length - loadAheadRows) loadMore();
  }, [hasMore, isLoadingMore, last, items.length, loadMore]);
  return (
    <div>
      {head}
      <div
        ref={place}
        className="rows"
        role="list"
        aria-label={label}
        style={{ height: rows.getTotalSize() }}
      >
        {shown.map((row) => {
          const item = items[row.index];
          return item === undefined ? null : (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className="row"
              role="listitem"
              aria-setsize={hasMore ? -1 : items.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start - offset}px)` }}
            >
              {render(item)}
            </div>
          );
        })}
      </div>
      {isLoadingMore && (
        <div style={{ display: 'grid', placeItems: 'center', padding: '1rem' }}>
          <Loader size="sm" />
        </div>
      )}
    </div>
  );
}
