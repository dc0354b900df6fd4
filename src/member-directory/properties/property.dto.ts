import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ReadableName } from '../../http/validation/readable-name.ts';
import { type FilledBy, fillers } from './filled-by.ts';
import { optionsMax, optionTextLengthMaxChars } from './property-options.ts';
import { propertyTypeNames } from './property-types/registry.ts';

/** Longest display name of a property, in UTF-16 units. */
export const propertyNameLengthMaxChars = 100;

/** Bounds what reaches the exact check of a key. */
const rawKeyLengthMaxChars = 200;

const optionsSchema: ApiPropertyOptions = {
  type: 'array',
  maxItems: optionsMax,
  items: {
    type: 'object',
    required: ['name'],
    properties: {
      key: { type: 'string', maxLength: optionTextLengthMaxChars },
      name: { type: 'string', maxLength: optionTextLengthMaxChars },
    },
  },
};

const requiredDescription =
  'Must a member have a value? People cannot leave it empty; where provisioning fills it, its absence is reported.';
const filledByDescription =
  'Who fills it: rules of the attribute mapping (`provisioning`), `people`, or people wherever no rule does (`both`).';

/** Body of `POST /api/properties`. */
export class NewPropertyDto {
  @ApiProperty({ description: 'Name as it is shown.', maxLength: propertyNameLengthMaxChars })
  @ReadableName({ lengthMaxChars: propertyNameLengthMaxChars })
  name!: string;

  @ApiProperty({ enum: propertyTypeNames })
  @IsIn(propertyTypeNames, { message: `must be one of ${propertyTypeNames.join(', ')}` })
  type!: string;

  @ApiPropertyOptional({ description: 'Made from the name unless given; it never changes.' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  @MaxLength(rawKeyLengthMaxChars)
  key?: string;

  @ApiPropertyOptional({ ...optionsSchema, description: 'Of the types select and multi_select.' })
  @IsOptional()
  options?: unknown;

  @ApiPropertyOptional({ description: requiredDescription, default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  required?: boolean;

  @ApiPropertyOptional({ enum: fillers, description: filledByDescription, default: 'both' })
  @IsOptional()
  @IsIn(fillers, { message: `must be one of ${fillers.join(', ')}` })
  filledBy?: FilledBy;
}

/** Body of `PATCH /api/properties/{id}`: what is left out stays. `options` replaces the whole list. */
export class PropertyChangeDto {
  @ApiPropertyOptional({ maxLength: propertyNameLengthMaxChars })
  @IsOptional()
  @ReadableName({ lengthMaxChars: propertyNameLengthMaxChars })
  name?: string;

  @ApiPropertyOptional({ ...optionsSchema, description: 'An option keeps its members by its key.' })
  @IsOptional()
  options?: unknown;

  @ApiPropertyOptional({ enum: propertyTypeNames, description: 'The values are converted to another type.' })
  @IsOptional()
  @IsIn(propertyTypeNames, { message: `must be one of ${propertyTypeNames.join(', ')}` })
  type?: string;

  @ApiPropertyOptional({ description: 'May values go that do not convert to the new type?', default: false })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  dropUnconvertible?: boolean;

  @ApiPropertyOptional({ description: requiredDescription })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  required?: boolean;

  @ApiPropertyOptional({ enum: fillers, description: filledByDescription })
  @IsOptional()
  @IsIn(fillers, { message: `must be one of ${fillers.join(', ')}` })
  filledBy?: FilledBy;

  @ApiPropertyOptional({ description: 'Only the key that the property has.' })
  @IsOptional()
  @IsString({ message: 'must be a text' })
  key?: string;
}

/** One option of a select or multi-select property. */
export class PropertyOptionResponse {
  @ApiProperty({ description: 'What a member holds; it stays when the option is renamed.' })
  key!: string;

  @ApiProperty()
  name!: string;
}

/** A property. */
export class PropertyResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  key!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: propertyTypeNames })
  type!: string;

  @ApiPropertyOptional({ type: [PropertyOptionResponse] })
  options?: PropertyOptionResponse[];

  @ApiProperty({ description: requiredDescription })
  required!: boolean;

  @ApiProperty({ enum: fillers, description: filledByDescription })
  filledBy!: FilledBy;
}

/** A page of properties. */
export class PropertyPageResponse {
  @ApiProperty({ type: [PropertyResponse] })
  items!: PropertyResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

class OptionUsageResponse extends PropertyOptionResponse {
  @ApiProperty({ type: 'integer', description: 'How many members hold it.' })
  members!: number;

  @ApiProperty({ enum: ['stays', 'renamed', 'deleted'] })
  change!: string;
}

class FailedConversionResponse {
  @ApiProperty({ format: 'uuid' })
  memberId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    description: 'As it is stored now.',
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' } },
    ],
  })
  value!: unknown;

  @ApiProperty()
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Record<string, unknown>;

  @ApiProperty({
    description: 'Why it does not convert, in the language that `Accept-Language` prefers, en or de.',
  })
  text!: string;
}

/** Answer of `POST /api/properties/{id}/preview`: what a change would touch. */
export class PropertyChangePreviewResponse {
  @ApiProperty({ type: PropertyResponse, description: 'As it would be.' })
  property!: PropertyResponse;

  @ApiProperty({ type: 'integer', description: 'How many members hold a value.' })
  members!: number;

  @ApiProperty({ type: 'integer', description: 'How many rules of the attribute mapping fill it.' })
  rules!: number;

  @ApiProperty({
    type: 'integer',
    description: 'How many members hold none; those who are removed do not count.',
  })
  membersWithout!: number;

  @ApiProperty({ type: [OptionUsageResponse], description: 'The options that it has now.' })
  options!: OptionUsageResponse[];

  @ApiProperty({ type: 'integer', description: 'How many values convert to the new type.' })
  converts!: number;

  @ApiProperty({ type: 'integer' })
  doesNotConvert!: number;

  @ApiProperty({ type: [FailedConversionResponse], description: 'The first hundred that do not.' })
  failures!: FailedConversionResponse[];

  @ApiProperty({
    type: [String],
    description: 'Rules that could not fill the property any more, and why; worded as `text` is.',
  })
  brokenRules!: string[];
}
