import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import {
  memberTextFields,
  type MemberTexts,
  type OptionalMemberField,
  optionalMemberFields,
} from '../fields/member-field.ts';
import { PlainText } from '../fields/plain-text.ts';

/** Bounds what reaches the checks of the single fields, which say more exactly what is wrong. */
export const rawLengthMaxChars = 10_000;

/** A text of a request that may be left out, or null to clear it. */
export function NullableText(description: string): PropertyDecorator {
  return (target, key) => {
    ApiPropertyOptional({ type: String, nullable: true, description })(target, key);
    IsOptional()(target, key);
    PlainText({ lengthMaxChars: rawLengthMaxChars })(target, key);
  };
}

class WrittenTexts {}
for (const field of optionalMemberFields) {
  NullableText(memberTextFields[field].description)(WrittenTexts.prototype, field);
}

/** The optional text fields of a request that writes a member. */
export const MemberTextsDto = WrittenTexts as new () => Partial<Record<OptionalMemberField, string | null>>;

class ShownTexts {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  email!: string;
}
for (const field of optionalMemberFields) {
  ApiProperty({ type: String, nullable: true })(ShownTexts.prototype, field);
}

/** The id and the text fields of a member in an answer. */
export const MemberTextsResponse = ShownTexts as new () => { id: string } & MemberTexts;
