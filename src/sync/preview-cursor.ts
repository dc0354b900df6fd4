import { badCursor } from '../audit/page.ts';
import type { SealedCursors } from '../database/cursor-seal.ts';

/**
 * Where a page of the preview begins: behind the person `id`, in the batch that begins after `after`. A batch is in
 * the order of ids, but may hold people of later batches who are planned together with one of its own.
 */
export interface PreviewCursor {
  part: 'queue' | 'kept';
  after: string | null;
  id: string | null;
}

/** @throws BadInputError for a cursor that the preview of this workspace has not answered with */
export function decodePreviewCursor(cursors: SealedCursors, cursor: string | undefined): PreviewCursor {
  if (cursor === undefined || cursor === '') return { part: 'queue', after: null, id: null };
  const place = cursors.open(cursor);
  if (place === null) throw badCursor();
  const [part, id = '', after = ''] = place.toString('latin1').split(':');
  return { part: part === 'kept' ? 'kept' : 'queue', id, after: after === '' ? null : after };
}

export function encodePreviewCursor(cursors: SealedCursors, { part, id, after }: PreviewCursor): string {
  return cursors.seal(Buffer.from(`${part}:${id}:${after ?? ''}`, 'latin1'));
}

/** Whether a batch was on earlier pages altogether. */
export function isBehind(cursor: PreviewCursor, step: { last: string }): boolean {
  return cursor.part === 'kept' || (cursor.after !== null && step.last <= cursor.after);
}

/** Whether a person of a batch was on an earlier page. */
export function wasShown(cursor: PreviewCursor, step: { after: string | null }, id: string): boolean {
  return cursor.id !== null && step.after === cursor.after && id <= cursor.id;
}
