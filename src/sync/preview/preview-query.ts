import type { SealedCursors } from '../../database/cursor-seal.ts';
import { encodePlace, type Place } from '../../http/paging/page.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import { changeKinds, type Pending } from '../decision/change.ts';
import { encodePreviewCursor, type PreviewCursor, previewParts } from './preview-cursor.ts';
import type { PreviewFilter } from './preview-filter.ts';
import { asTheyCome, type PreviewOrder } from './preview-index.ts';
import type { SyncPreviewQuery } from './sync-preview.dto.ts';
import type { ListedChange } from './withheld-people.ts';

/** The order that a query asks for. */
export function orderIn({ sort, order }: Pick<SyncPreviewQuery, 'sort' | 'order'>): PreviewOrder {
  return { sort: sort ?? 'arrival', isDescending: order === 'desc' };
}

/** Whether an order is another than that of a run. */
export function isSorted({ sort, isDescending }: PreviewOrder): boolean {
  return sort !== asTheyCome.sort || isDescending;
}

/** How many match, as far as the counts tell. */
export function countOf(summary: Pending, { kind, ...others }: PreviewFilter): number | null {
  if (Object.keys(others).length > 0) return null;
  return kind === undefined ? changeKinds.reduce((sum, each) => sum + summary[each], 0) : summary[kind];
}

/** Says of each further change whether the page is full before it: by their number, or by the size of their fields. */
export function fullAfter(limit: number): (change: ListedChange) => boolean {
  let count = 0;
  let sizeChars = 0;
  return ({ fields }) => {
    count += 1;
    sizeChars += JSON.stringify(fields).length;
    return count > limit || (sizeChars > pageSizeMaxBytes && count > 1);
  };
}

/** The place behind which a page begins in the index of a list that is not sorted. */
export function placeOf({ part, id }: PreviewCursor): Place | null {
  return id === null ? null : { id, sortValue: String(previewParts.indexOf(part)) };
}

export function cursorAt(cursors: SealedCursors, place: Place, order: PreviewOrder): string {
  if (isSorted(order)) return encodePlace(cursors, place);
  return encodePreviewCursor(cursors, {
    part: previewParts[Number(place.sortValue)] ?? 'queue',
    id: place.id,
  });
}
