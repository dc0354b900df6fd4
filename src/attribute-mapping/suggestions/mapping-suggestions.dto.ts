import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PropertyOptionResponse } from '../../member-directory/properties/property.dto.ts';
import { RuleResponse } from '../versions/attribute-mapping.dto.ts';

class SuggestedPropertyResponse {
  @ApiProperty()
  key!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  type!: string;

  @ApiPropertyOptional({ type: [PropertyOptionResponse] })
  options?: PropertyOptionResponse[];
}

class MappingSuggestionResponse {
  @ApiProperty()
  path!: string;

  @ApiProperty({ type: 'integer', description: 'How many people have the attribute.' })
  people!: number;

  @ApiProperty({ type: [String], description: 'Different values, the beginning of each.' })
  examples!: string[];

  @ApiProperty({ description: 'The property type that fits the values.' })
  type!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Different values; null when there are too many.',
  })
  values!: number | null;

  @ApiProperty({
    type: SuggestedPropertyResponse,
    nullable: true,
    description: 'The property to create; null when the rule fills a field or an existing property.',
  })
  property!: SuggestedPropertyResponse | null;

  @ApiProperty({ type: RuleResponse, description: 'Ready to be added to the rules.' })
  rule!: RuleResponse;

  @ApiProperty({ enum: ['fill-field', 'fill-property', 'create-property', 'create-choice'] })
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the question is about.' })
  params!: Record<string, unknown>;

  @ApiProperty({
    description: 'The suggestion as a question, in the language that `Accept-Language` prefers, en or de.',
  })
  text!: string;
}

/** Answer of `GET /api/attribute-mapping/suggestions`. */
export class MappingSuggestionsResponse {
  @ApiProperty({ type: 'integer', description: 'How many people were checked: the newest ones.' })
  people!: number;

  @ApiProperty({ type: [MappingSuggestionResponse] })
  items!: MappingSuggestionResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
