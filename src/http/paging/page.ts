import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { CursorSeal, SealedCursors } from '../../database/cursor-seal.ts';
import { BadInputError } from '../../errors/domain-errors.ts';

export const pageLimitDefault = 50;
export const pageLimitMax = 200;
/** A cursor holds the value that its list is sorted by: two names of 256 characters take 2,100. */
export const cursorLengthMaxChars = 4_000;

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The query of a list that pages by id. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(cursorLengthMaxChars)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: pageLimitMax, default: pageLimitDefault })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageLimitMax)
  limit: number = pageLimitDefault;
}

/** Where a page ended: the last row, and what it was sorted by, as it was then; null in a list that is sorted by ids. */
export interface Place {
  id: string;
  sortValue: string | null;
}

/**
 * The cursors of a list as it is asked for: by another list, workspace, filter or order they are refused. How much a
 * page holds is left to each page.
 *
 * @param list its name
 * @param workspaceId whose it is; empty for a list of the operator
 * @param query what was asked for: what is left out, undefined or empty asks for nothing
 */
export function cursorsOf(
  seal: CursorSeal,
  list: string,
  workspaceId: string,
  query: object = {},
): SealedCursors {
  const asked = Object.entries(query)
    .filter(([name, value]) => !isOfThePage(name) && value !== undefined && value !== null && value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return seal.of(list, workspaceId, JSON.stringify(asked));
}

function isOfThePage(name: string): boolean {
  return name === 'cursor' || name === 'limit';
}

/**
 * Makes a page out of rows that were read with one more than asked for, which shows whether there is a next page.
 *
 * @param cursors those of this list
 * @param rows at most `limit + 1` rows in order
 * @param limit how many items the page may have
 * @param idOf the id of a row, a UUID, which the next page continues after
 */
export function pageOf<T>(
  cursors: SealedCursors,
  rows: T[],
  limit: number,
  idOf: (row: T) => string,
): Page<T> {
  return pageUpTo(cursors, rows.slice(0, limit), rows.length > limit, idOf);
}

/** The same of rows that were read by `listWithin`, one more than asked for at most, and say what they are sorted by. */
export function pageWithin<Row extends { listed: number; id: string; sort_value?: string | null }, T>(
  cursors: SealedCursors,
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = last !== undefined && last.listed > shown.length;
  return {
    items: shown.map(toItem),
    nextCursor: hasMore ? encodePlace(cursors, { id: last.id, sortValue: last.sort_value ?? null }) : null,
  };
}

/** A page whose end is known otherwise. @param hasMore whether anything comes after these items */
export function pageUpTo<T>(
  cursors: SealedCursors,
  items: T[],
  hasMore: boolean,
  idOf: (item: T) => string,
): Page<T> {
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      hasMore && last !== undefined ? encodePlace(cursors, { id: idOf(last), sortValue: null }) : null,
  };
}

/**
 * The id that a page continues after, or null for the first page.
 *
 * @throws BadInputError for a cursor that this list has not answered with, to this workspace and to this query
 */
export function decodeCursor(cursors: SealedCursors, cursor: string | undefined): string | null {
  return decodePlace(cursors, cursor)?.id ?? null;
}

/** The place that a page of a sorted list continues after, or null for the first page. @throws BadInputError likewise */
export function decodePlace(cursors: SealedCursors, cursor: string | undefined): Place | null {
  if (cursor === undefined || cursor === '') return null;
  const place = cursors.open(cursor);
  if (place === null || place.length < idBytes) throw badCursor();
  const id = place.toString('hex', 0, idBytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { id, sortValue: place.length === idBytes ? null : place.toString('utf8', idBytes + 1) };
}

/** The fault of a cursor that the list has not answered with. */
export function badCursor(): BadInputError {
  return new BadInputError([
    { path: 'cursor', message: 'This is not a cursor that this list has answered this query with.' },
  ]);
}

/** The cursor of a page that ends at a place. */
export function encodePlace(cursors: SealedCursors, { id, sortValue }: Place): string {
  const place = Buffer.from(id.replaceAll('-', ''), 'hex');
  // A byte ahead tells an empty value from none.
  return cursors.seal(sortValue === null ? place : Buffer.concat([place, Buffer.from(`=${sortValue}`)]));
}

const idBytes = 16;
