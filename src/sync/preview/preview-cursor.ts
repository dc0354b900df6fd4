import { badCursor } from '../../http/paging/page.ts';
import type { SealedCursors } from '../../database/cursor-seal.ts';

/** The preview one after the other: who is queued, who waits for one of them, who is kept back; each by person's id. */
export const previewParts = ['queue', 'waiting', 'kept'] as const;
export type PreviewPart = (typeof previewParts)[number];

/** Where a page of the preview begins: behind the person `id` of a part; with null at its first. */
export interface PreviewCursor {
  part: PreviewPart;
  id: string | null;
}

/** @throws BadInputError for a cursor that the preview of this workspace has not answered this query with */
export function decodePreviewCursor(cursors: SealedCursors, cursor: string | undefined): PreviewCursor {
  if (cursor === undefined || cursor === '') return { part: 'queue', id: null };
  const [name, id = null] = cursors.open(cursor)?.toString('latin1').split(':') ?? [];
  const part = previewParts.find((each) => each === name);
  if (part === undefined) throw badCursor();
  return { part, id };
}

export function encodePreviewCursor(cursors: SealedCursors, { part, id }: PreviewCursor): string {
  return cursors.seal(Buffer.from(`${part}:${id}`, 'latin1'));
}

/** Where a part begins for a page: null when the page is past it; otherwise behind `after`. */
export function startIn(cursor: PreviewCursor, part: PreviewPart): { after: string | null } | null {
  if (cursor.part === part) return { after: cursor.id };
  return previewParts.indexOf(cursor.part) > previewParts.indexOf(part) ? null : { after: null };
}
