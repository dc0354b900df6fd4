import { isUuid } from '../database/uuid.ts';
import { BadInputError } from '../errors/domain-errors.ts';

/**
 * Where a page of the preview begins: behind the person `id`, in the batch that begins after `after`. A batch is in
 * the order of ids, but may hold people of later batches who are planned together with one of its own.
 */
export interface PreviewCursor {
  part: 'queue' | 'kept';
  after: string | null;
  id: string | null;
}

/** @throws BadInputError for a cursor that is none of ours */
export function decodePreviewCursor(cursor: string | undefined): PreviewCursor {
  if (cursor === undefined || cursor === '') return { part: 'queue', after: null, id: null };
  const [part, id, after = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(':');
  const known = part === 'queue' || part === 'kept';
  if (known && id !== undefined && isUuid(id) && (after === '' || isUuid(after))) {
    return { part, id, after: after === '' ? null : after };
  }
  throw new BadInputError([
    { path: 'cursor', message: 'This is not a cursor that a list has answered with.' },
  ]);
}

export function encodePreviewCursor({ part, id, after }: PreviewCursor): string {
  return Buffer.from(`${part}:${id}:${after ?? ''}`, 'latin1').toString('base64url');
}

/** Whether a batch was on earlier pages altogether. */
export function isBehind(cursor: PreviewCursor, step: { last: string }): boolean {
  return cursor.part === 'kept' || (cursor.after !== null && step.last <= cursor.after);
}

/** Whether a person of a batch was on an earlier page. */
export function wasShown(cursor: PreviewCursor, step: { after: string | null }, id: string): boolean {
  return cursor.id !== null && step.after === cursor.after && id <= cursor.id;
}
