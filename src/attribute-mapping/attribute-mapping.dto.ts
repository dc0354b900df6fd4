import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { BadInputError } from '../errors/domain-errors.ts';
import { PlainText } from '../member-directory/plain-text.ts';
import { pathLengthMaxChars } from '../scim-core/limits.ts';
import { directorySampleMax } from './directory-sample.ts';
import { type Rule, type RuleField, ruleFields, rulesMax, type RuleTarget, transformsMax } from './rule.ts';
import { transformNames } from './transforms.ts';

/** Most arguments that are looked at; each transform says how many it takes. */
const argumentsMax = 10;
/** Bounds names before they are looked up. */
const nameLengthMaxChars = 100;

/** One step of a rule. */
export class RuleTransformDto {
  @ApiProperty({ enum: transformNames })
  @IsString({ message: 'must be a text' })
  @MaxLength(nameLengthMaxChars)
  name!: string;

  @ApiPropertyOptional({ type: 'array', items: {}, default: [] })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(argumentsMax)
  args?: unknown[];
}

/** What a rule fills: one of the two. */
export class RuleTargetDto {
  @ApiPropertyOptional({ enum: ruleFields })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(nameLengthMaxChars)
  field?: string;

  @ApiPropertyOptional({ description: 'The key of a property.' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(nameLengthMaxChars)
  property?: string;
}

/** One rule. */
export class RuleDto {
  @ApiProperty({ description: 'A SCIM attribute path, e.g. `emails[type eq "work"].value`.' })
  @PlainText({ lengthMaxChars: pathLengthMaxChars, notBlank: true })
  source!: string;

  @ApiPropertyOptional({ type: [RuleTransformDto], default: [] })
  @IsOptional()
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(transformsMax)
  @ValidateNested({ each: true })
  @Type(() => RuleTransformDto)
  transforms?: RuleTransformDto[];

  @ApiProperty({ type: RuleTargetDto })
  @IsObject({ message: 'must be {"field"} or {"property"}' })
  @ValidateNested()
  @Type(() => RuleTargetDto)
  target!: RuleTargetDto;

  @ApiPropertyOptional({ enum: ['always', 'create'], default: 'always' })
  @IsOptional()
  @IsIn(['always', 'create'], { message: 'must be always or create' })
  when?: Rule['when'];
}

class RulesDto {
  @ApiProperty({ type: [RuleDto], maxItems: rulesMax })
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(rulesMax)
  @ValidateNested({ each: true })
  @Type(() => RuleDto)
  rules!: RuleDto[];
}

/** Body of `PUT /api/attribute-mapping`. */
export class MappingChangeDto extends RulesDto {
  @ApiPropertyOptional({
    type: 'integer',
    description:
      'The version that was read and changed. Another one by now is a 409; without it nothing is compared.',
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(0)
  version?: number;
}

/** Body of `POST /api/attribute-mapping/preview`. */
export class MappingPreviewDto extends RulesDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: directorySampleMax,
    default: directorySampleMax,
  })
  @IsOptional()
  @IsInt({ message: 'must be a whole number' })
  @Min(1)
  @Max(directorySampleMax)
  sample?: number;
}

class RuleTransformResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({ type: 'array', items: {} })
  args!: unknown[];
}

class RuleTargetResponse {
  @ApiPropertyOptional({ enum: ruleFields })
  field?: string;

  @ApiPropertyOptional()
  property?: string;
}

class RuleResponse {
  @ApiProperty()
  source!: string;

  @ApiProperty({ type: [RuleTransformResponse] })
  transforms!: RuleTransformResponse[];

  @ApiProperty({ type: RuleTargetResponse })
  target!: RuleTargetResponse;

  @ApiProperty({ enum: ['always', 'create'] })
  when!: string;
}

/** Answer of `GET` and `PUT /api/attribute-mapping`. */
export class MappingResponse {
  @ApiProperty({ type: 'integer', description: '0 while the workspace goes by the built-in rules.' })
  version!: number;

  @ApiProperty({ type: [RuleResponse] })
  rules!: RuleResponse[];
}

/**
 * The rules of a checked body, what was left out filled in. Which targets exist is checked later.
 *
 * @throws BadInputError when a target does not name exactly one of field and property
 */
export function toRules(rules: readonly RuleDto[]): Rule[] {
  const unclear = rules.flatMap(({ target: { field, property } }, index) =>
    (field == null) === (property == null)
      ? [{ path: `rules[${index}].target`, message: 'must name a field or a property, and not both' }]
      : [],
  );
  if (unclear.length > 0) throw new BadInputError(unclear);
  return rules.map(({ source, transforms, target, when }) => ({
    source: source.trim(),
    transforms: (transforms ?? []).map(({ name, args }) => ({ name, args: args ?? [] })),
    target: toTarget(target),
    when: when ?? 'always',
  }));
}

/** MEMBER calls the manager `managerId`; both names are understood. */
function toTarget({ field, property }: RuleTargetDto): RuleTarget {
  if (property != null) return { property };
  return { field: (field === 'managerId' ? 'manager' : field) as RuleField };
}
