import { ApiProperty } from '@nestjs/swagger';

class PreviewedValueResponse {
  @ApiProperty({ description: 'A member field, `managerId`, or `properties.<key>`.' })
  target!: string;

  @ApiProperty({
    nullable: true,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' } },
    ],
    description: 'Null when the identity provider has no value.',
  })
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

/** One person, and what the rules make of him. */
export class PreviewedPersonResponse {
  @ApiProperty({ format: 'uuid' })
  directoryUserId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [PreviewedValueResponse] })
  values!: PreviewedValueResponse[];

  @ApiProperty({ type: [PreviewProblemResponse] })
  problems!: PreviewProblemResponse[];
}

/** Answer of `POST /api/attribute-mapping/preview`. */
export class MappingPreviewResponse {
  @ApiProperty({ type: [PreviewedPersonResponse] })
  items!: PreviewedPersonResponse[];
}

/** An attribute that a rule can read. */
export class AttributeSourceResponse {
  @ApiProperty({ description: 'The path, ready to be the source of a rule.' })
  path!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ description: 'Is it an attribute of the SCIM schemas?' })
  known!: boolean;

  @ApiProperty({ type: 'integer', description: 'How many of the people looked at have it.' })
  count!: number;

  @ApiProperty({ type: [String], description: 'Different values, the beginning of each.' })
  examples!: string[];
}

/** Answer of `GET /api/attribute-mapping/sources`. */
export class AttributeSourcesResponse {
  @ApiProperty({ type: 'integer', description: 'How many people were looked at: the newest ones.' })
  sampledUsers!: number;

  @ApiProperty({ type: [AttributeSourceResponse] })
  items!: AttributeSourceResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
