import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, ApiQuery } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { SealedCursors } from '../database/cursor-seal.ts';
import { BadInputError } from '../errors/domain-errors.ts';

export const pageLimitDefault = 50;
export const pageLimitMax = 200;
export const cursorLengthMaxChars = 500;

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const cursorDescription = 'The `nextCursor` of the page before.';
const limitSchema = {
  type: 'integer',
  minimum: 1,
  maximum: pageLimitMax,
  default: pageLimitDefault,
} as const;

/** The query of a list that pages by id. */
export class PageQuery {
  @ApiPropertyOptional({ description: cursorDescription })
  @IsOptional()
  @IsString()
  @MaxLength(cursorLengthMaxChars)
  cursor?: string;

  @ApiPropertyOptional({ ...limitSchema })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageLimitMax)
  limit: number = pageLimitDefault;
}

/** Describes that query in the OpenAPI document, for a route that takes its query as `unknown`. */
export function ApiPageQuery(): MethodDecorator {
  return applyDecorators(
    ApiQuery({ name: 'cursor', required: false, type: String, description: cursorDescription }),
    ApiQuery({ name: 'limit', required: false, schema: limitSchema }),
  );
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

/** The same of rows that were read by `listWithin`, one more than asked for at most. */
export function pageWithin<Row extends { listed: number }, T>(
  cursors: SealedCursors,
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => T & { id: string },
): Page<T> {
  const items = rows.slice(0, limit).map(toItem);
  return pageUpTo(cursors, items, (rows[0]?.listed ?? 0) > items.length, ({ id }) => id);
}

/** A page whose end is known otherwise. @param hasMore whether anything comes after these items */
export function pageUpTo<T>(
  cursors: SealedCursors,
  items: T[],
  hasMore: boolean,
  idOf: (item: T) => string,
): Page<T> {
  const last = items.at(-1);
  return { items, nextCursor: hasMore && last !== undefined ? encodeCursor(cursors, idOf(last)) : null };
}

/**
 * The id that a page continues after, or null for the first page.
 *
 * @throws BadInputError for a cursor that this list has not answered with, to this workspace and in this order
 */
export function decodeCursor(cursors: SealedCursors, cursor: string | undefined): string | null {
  if (cursor === undefined || cursor === '') return null;
  const place = cursors.open(cursor);
  if (place?.length !== idBytes) throw badCursor();
  return place.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The fault of a cursor that the list has not answered with. */
export function badCursor(): BadInputError {
  return new BadInputError([
    { path: 'cursor', message: 'This is not a cursor that this list has answered with.' },
  ]);
}

function encodeCursor(cursors: SealedCursors, id: string): string {
  return cursors.seal(Buffer.from(id.replaceAll('-', ''), 'hex'));
}

const idBytes = 16;
