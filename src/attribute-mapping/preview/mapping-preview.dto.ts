import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

const valueSchema: ApiPropertyOptions = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string' } },
  ],
};

class PreviewedValueResponse {
  @ApiProperty({ description: 'A member field, `managerId`, or `properties.<key>`.' })
  target!: string;

  @ApiProperty({ ...valueSchema, description: 'Null when the identity provider has no value.' })
  value!: unknown;
}

class PreviewProblemResponse {
  @ApiProperty()
  target!: string;

  @ApiProperty()
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Record<string, unknown>;

  @ApiProperty()
  text!: string;
}

class PreviewedChangeResponse {
  @ApiProperty({ description: 'A member field, `managerId`, or `properties.<key>`.' })
  field!: string;

  @ApiProperty({ ...valueSchema, description: 'Null for a person who is not a member yet.' })
  before!: unknown;

  @ApiProperty({ ...valueSchema })
  after!: unknown;
}

class PreviewedOptionResponse {
  @ApiProperty({ description: 'The key of the property.' })
  property!: string;

  @ApiProperty()
  name!: string;
}

/** One person, and the values that the rules give them. */
export class PreviewedPersonResponse {
  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Null for a person who is not a member yet.',
  })
  memberId!: string | null;

  @ApiProperty({
    description:
      'The next run leaves them as they are: they are excluded, or what the identity provider sent last was undone or rejected.',
  })
  withheld!: boolean;

  @ApiProperty({
    description:
      'They are in conflict now: the next run leaves them as they are, unless these rules resolve it.',
  })
  inConflict!: boolean;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [PreviewedValueResponse] })
  values!: PreviewedValueResponse[];

  @ApiProperty({
    type: [PreviewedChangeResponse],
    description: 'What the next run would change, unless they are `withheld` or stay `inConflict`.',
  })
  changes!: PreviewedChangeResponse[];

  @ApiProperty({ type: [PreviewedOptionResponse], description: 'Options that would be created.' })
  newOptions!: PreviewedOptionResponse[];

  @ApiProperty({ type: [PreviewProblemResponse] })
  problems!: PreviewProblemResponse[];
}

class FieldCountResponse {
  @ApiProperty({ description: 'A member field, `managerId`, or `properties.<key>`.' })
  field!: string;

  @ApiProperty({ type: 'integer' })
  members!: number;
}

class ProblemCountResponse {
  @ApiProperty()
  target!: string;

  @ApiProperty()
  code!: string;

  @ApiProperty()
  text!: string;

  @ApiProperty({ type: 'integer' })
  people!: number;

  @ApiProperty({ type: [String], description: 'Values that fail.' })
  examples!: string[];
}

class OptionCountResponse extends PreviewedOptionResponse {
  @ApiProperty({ type: 'integer' })
  people!: number;
}

/** What rules would do to people, in numbers. Answer of `POST /api/attribute-mapping/preview/counts`. */
export class MappingSummaryResponse {
  @ApiProperty({
    description: 'Whether everybody in the directory was checked; if not, only the newest people.',
  })
  complete!: boolean;

  @ApiProperty({ type: 'integer', description: 'How many active people were checked.' })
  people!: number;

  @ApiProperty({ type: 'integer', description: 'How many of them are not members yet.' })
  withoutMember!: number;

  @ApiProperty({ type: 'integer', description: 'Members who would change.' })
  changedMembers!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Further members who would, but are `withheld`: the next run leaves them as they are.',
  })
  withheldMembers!: number;

  @ApiProperty({ type: 'integer', description: 'Further members who would, but are `inConflict`.' })
  conflictMembers!: number;

  @ApiProperty({ type: 'integer' })
  peopleWithProblems!: number;

  @ApiProperty({ type: [FieldCountResponse], description: 'How many members would change in which field.' })
  fields!: FieldCountResponse[];

  @ApiProperty({ type: [ProblemCountResponse] })
  problems!: ProblemCountResponse[];

  @ApiProperty({ type: [OptionCountResponse], description: 'Values that would become options.' })
  newOptions!: OptionCountResponse[];
}

/** Answer of `POST /api/attribute-mapping/preview`. */
export class MappingPreviewResponse {
  @ApiProperty({ type: [PreviewedPersonResponse] })
  items!: PreviewedPersonResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty({ type: MappingSummaryResponse })
  summary!: MappingSummaryResponse;
}

/** An attribute that a rule can read. */
export class AttributeSourceResponse {
  @ApiProperty({ description: 'The path, ready to be the source of a rule.' })
  path!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ description: 'Whether it is an attribute of the SCIM schemas.' })
  known!: boolean;

  @ApiProperty({ type: 'integer', description: 'How many of the checked people have it.' })
  count!: number;

  @ApiProperty({ type: [String], description: 'Different values, the beginning of each.' })
  examples!: string[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The property type that fits the values; null while nobody has it.',
  })
  type!: string | null;
}

/** Answer of `GET /api/attribute-mapping/sources`. */
export class AttributeSourcesResponse {
  @ApiProperty({ type: 'integer', description: 'How many people were checked: the newest ones.' })
  sampledUsers!: number;

  @ApiProperty({ type: [AttributeSourceResponse] })
  items!: AttributeSourceResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
