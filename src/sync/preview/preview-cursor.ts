import { badCursor } from '../../http/paging/page.ts';
import type { SealedCursors } from '../../database/cursor-seal.ts';

/** The parts of the preview in order: people who are queued, who wait for one of them, who are withheld; each by id. */
export const previewParts = ['queue', 'waiting', 'kept'] as const;
export type PreviewPart = (typeof previewParts)[number];

/** Where a page of the preview begins: after the person `id` of a part; null: at its first. */
export interface PreviewCursor {
  part: PreviewPart;
  id: string | null;
}

/** @throws BadInputError for a cursor that the preview of this workspace did not make for this query */
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

/** Where a page begins within a part: after the person `after`, or null when the page is past the part. */
export function startIn(cursor: PreviewCursor, part: PreviewPart): { after: string | null } | null {
  if (cursor.part === part) return { after: cursor.id };
  return previewParts.indexOf(cursor.part) > previewParts.indexOf(part) ? null : { after: null };
}
