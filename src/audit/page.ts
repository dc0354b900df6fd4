import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, ApiQuery } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { isUuid } from '../database/uuid.ts';
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
 * @param rows at most `limit + 1` rows in order
 * @param limit how many items the page may have
 * @param idOf the id of a row, which the next page continues after
 */
export function pageOf<T>(rows: T[], limit: number, idOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(idOf(last)) : null };
}

/** The id that a page continues after, or null for the first page. @throws BadInputError when it is no cursor of ours */
export function decodeCursor(cursor: string | undefined): string | null {
  if (cursor === undefined || cursor === '') return null;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (isUuid(id)) return id;
  throw new BadInputError([
    { path: 'cursor', message: 'This is not a cursor that a list has answered with.' },
  ]);
}

function encodeCursor(id: string): string {
  return Buffer.from(id, 'latin1').toString('base64url');
}
