import { createHash } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsString, IsUUID, MaxLength } from 'class-validator';
import { BadInputError, codedFault, ConflictError, type DomainError } from '../../errors/domain-errors.ts';
import { IsGiven } from '../validation/is-given.ts';

/** People that one act may be about, by their ids or by what they match. */
export const bulkPeopleMax = 20_000;

const stampLengthMaxChars = 64;

/** The ids of those an act is about, where they are named. */
export function BulkIds(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [String], format: 'uuid', maxItems: bulkPeopleMax }),
    IsGiven(),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(bulkPeopleMax),
    IsUUID('all', { each: true }),
  );
}

/** What every act on many people is asked with. */
export class BulkDto {
  @ApiPropertyOptional({
    description:
      'The `selection` of a dry run. Needed where people are chosen by what they match: what was confirmed is what happens, or nothing does.',
  })
  @IsGiven()
  @IsString()
  @MaxLength(stampLengthMaxChars)
  confirmed?: string;

  @ApiPropertyOptional({ default: false, description: 'Says what would happen, and does nothing.' })
  @IsGiven()
  @IsBoolean()
  dryRun?: boolean;
}

/** Why some people were refused. */
export class BulkRefusalResponse {
  @ApiProperty({ description: 'The name of the problem.' })
  type!: string;

  @ApiProperty({ description: 'The same in words.' })
  detail!: string;

  @ApiProperty({ type: 'integer' })
  people!: number;
}

/** What became of one person. */
export class BulkOutcomeResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ['done', 'refused'] })
  outcome!: 'done' | 'refused';

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why they were refused: the name of the problem.',
  })
  type!: string | null;
}

/** What became of everybody. */
export class BulkResponse {
  @ApiProperty({ description: 'Nothing was done: it says what would have been.' })
  dryRun!: boolean;

  @ApiProperty({ description: 'Stands for exactly these people; to be sent as `confirmed`.' })
  selection!: string;

  @ApiProperty({ type: 'integer', description: 'How many it was about.' })
  people!: number;

  @ApiProperty({ type: 'integer' })
  done!: number;

  @ApiProperty({ type: 'integer' })
  refused!: number;

  @ApiProperty({ type: [BulkRefusalResponse], description: 'The most frequent first.' })
  refusals!: BulkRefusalResponse[];

  @ApiProperty({ type: [BulkOutcomeResponse], description: 'Everybody, in the order of the list.' })
  items!: BulkOutcomeResponse[];
}

/** What became of a person: done, or refused for a reason. */
export interface Outcome {
  id: string;
  name: string;
  refusal: DomainError | null;
}

/**
 * Makes sure that an act is about exactly those who were confirmed.
 *
 * @param ids who it is about
 * @param isByFilter whether they were chosen by what they match, so that they may be others than the admin saw
 * @returns the stamp of these people
 * @throws BadInputError for too many, or where a confirmation is missing
 * @throws ConflictError `selection-changed` with `people` and `selection`
 */
export function confirmedSelection(
  ids: readonly string[],
  { confirmed, dryRun = false }: BulkDto,
  isByFilter: boolean,
): string {
  if (ids.length > bulkPeopleMax) {
    const message = `${ids.length} people match, and one act may be about ${bulkPeopleMax} at most. Narrow the search.`;
    throw new BadInputError([
      codedFault('matching', 'too-many-people', message, { people: ids.length, peopleMax: bulkPeopleMax }),
    ]);
  }
  const selection = stampOf(ids);
  if (dryRun) return selection;
  if (confirmed === undefined && isByFilter) {
    throw new BadInputError([codedFault('confirmed', 'required', 'is required with matching')]);
  }
  if (confirmed !== undefined && confirmed !== selection) {
    throw new ConflictError(
      'selection-changed',
      'Other people match by now than those who were confirmed. Look at them again.',
      { people: ids.length, selection },
    );
  }
  return selection;
}

/** Refuses a request that chooses nobody, or in two ways at once. @throws BadInputError */
export function requireOneChoice(path: string, ids: readonly string[] | undefined, matching: unknown): void {
  if ((ids === undefined) !== (matching === undefined)) return;
  throw new BadInputError([codedFault(path, 'one-choice', `Give either ${path} or matching.`)]);
}

/** A text that stands for exactly these people, in any order. */
function stampOf(ids: readonly string[]): string {
  return createHash('sha256').update(ids.toSorted().join()).digest('base64url');
}

/** What became of everybody, counted. */
export function bulkAnswer(outcomes: readonly Outcome[], selection: string, dryRun: boolean): BulkResponse {
  const refusals = new Map<string, BulkRefusalResponse>();
  for (const { refusal } of outcomes) {
    if (refusal === null) continue;
    const { type, message } = refusal;
    const known = refusals.get(type) ?? { type, detail: message, people: 0 };
    refusals.set(type, { ...known, people: known.people + 1 });
  }
  const refused = outcomes.filter(({ refusal }) => refusal !== null).length;
  return {
    dryRun,
    selection,
    people: outcomes.length,
    done: outcomes.length - refused,
    refused,
    refusals: [...refusals.values()].sort((one, other) => other.people - one.people),
    items: outcomes.map(({ id, name, refusal }) => ({
      id,
      name,
      outcome: refusal === null ? 'done' : 'refused',
      type: refusal?.type ?? null,
    })),
  };
}
