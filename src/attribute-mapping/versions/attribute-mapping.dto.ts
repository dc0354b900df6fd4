import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
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
import { cursorLengthMaxChars } from '../../http/paging/page.ts';
import { directorySampleMax } from '../sample/directory-sample.ts';
import { groupPatternLengthMaxChars } from '../rule/group-pattern.ts';
import { type Rule, ruleFields, rulesMax, transformsMax } from '../rule/rule.ts';
import { pathsPerSourceMax } from '../compile/rule-source.ts';
import { transformNames } from '../transforms/transforms.ts';

/** Most arguments that are looked at; each transform says how many it takes. */
const argumentsMax = 10;
/** Bounds names before they are looked up. */
const nameLengthMaxChars = 100;

const alternativeDescription =
  'True if an earlier rule has the same target: this rule counts when no rule before it gives a value.';

const sourceSchema: ApiPropertyOptions = {
  description:
    'An attribute path, e.g. `emails[type eq "work"].value`; several paths, of which the first with a value counts; the ' +
    'same value for everybody; whether the person is in a group; the names of their groups. `*` stands for any text.',
  oneOf: [
    { type: 'string' },
    ...Object.entries({
      firstOf: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: pathsPerSourceMax },
      constant: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
      inGroup: { type: 'string', maxLength: groupPatternLengthMaxChars },
      groupNames: { type: 'string', maxLength: groupPatternLengthMaxChars },
    }).map(([name, schema]) => ({ type: 'object', required: [name], properties: { [name]: schema } })),
  ],
};

const unknownOptionSchema: ApiPropertyOptions = {
  description:
    'What happens to a value that is not an option of a select or multi-select property: it is reported (the default), ' +
    'becomes an option, is left out, or is translated to an option by a table.',
  oneOf: [
    { type: 'string', enum: ['report', 'create', 'empty'] },
    {
      type: 'object',
      required: ['table'],
      properties: { table: { type: 'object', additionalProperties: { type: 'string' } } },
    },
  ],
};

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
  @ApiProperty({ ...sourceSchema })
  @IsDefined({ message: 'must be there' })
  source!: unknown;

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

  @ApiPropertyOptional({ description: alternativeDescription, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  alternative?: boolean;

  @ApiPropertyOptional({ ...unknownOptionSchema })
  @IsOptional()
  unknownOption?: unknown;
}

/** The rules of a body. */
export class RulesDto {
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
      'The version that the change is based on. If there is a newer one, the answer is 409; without `version`, nothing is compared.',
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

  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(cursorLengthMaxChars)
  cursor?: string;
}

/** Body of `POST /api/attribute-mapping/preview/counts`. */
export class MappingCountsDto extends RulesDto {}

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

/** One rule. */
export class RuleResponse {
  @ApiProperty({ ...sourceSchema })
  source!: unknown;

  @ApiProperty({ type: [RuleTransformResponse] })
  transforms!: RuleTransformResponse[];

  @ApiProperty({ type: RuleTargetResponse })
  target!: RuleTargetResponse;

  @ApiProperty({ enum: ['always', 'create'] })
  when!: string;

  @ApiPropertyOptional({ description: alternativeDescription })
  alternative?: boolean;

  @ApiPropertyOptional({ ...unknownOptionSchema })
  unknownOption?: unknown;
}

/** Answer of `GET` and `PUT /api/attribute-mapping`. */
export class MappingResponse {
  @ApiProperty({ type: 'integer', description: '0 while the workspace uses the built-in rules.' })
  version!: number;

  @ApiProperty({ type: [RuleResponse] })
  rules!: RuleResponse[];
}

class ParameterResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ['text', 'nonEmptyText', 'integer', 'table'] })
  kind!: string;

  @ApiPropertyOptional()
  optional?: boolean;
}

class TransformResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'What it does, with an example.' })
  description!: string;

  @ApiProperty({ type: [ParameterResponse] })
  parameters!: readonly ParameterResponse[];
}

/** Answer of `GET /api/attribute-mapping/transforms`. */
export class TransformsResponse {
  @ApiProperty({ type: [TransformResponse] })
  items!: TransformResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
