import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';
import { isReadableName } from './readable-name.ts';

export const externalIdLengthMaxChars = 200;

/** What is said of a text that cannot be the vendor's own id of something. */
export const badExternalId = `must be 1 to ${externalIdLengthMaxChars} visible characters on one line, without white space at its ends and without control or invisible characters`;

/**
 * Can this be an id that the vendor gave to a workspace or member? Any text that people could write down: 1 to 200
 * characters with something to see, nothing invisible, no white space at its ends. It is compared character by character
 * and never changed, so `Ä` in one and in two characters are two ids.
 */
export function isExternalId(text: string): boolean {
  const lengthChars = [...text].length;
  return lengthChars <= externalIdLengthMaxChars && text.trim() === text && isReadableName(text);
}

/** Property decorator for the vendor's own id: {@link isExternalId}; null takes it away. */
export function ExternalId(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: String,
      nullable: true,
      minLength: 1,
      maxLength: externalIdLengthMaxChars,
      description,
    }),
    ValidateIf((_object, value) => value !== undefined && value !== null),
    ValidateBy({
      name: 'externalId',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isExternalId(value),
        defaultMessage: () => badExternalId,
      },
    }),
  );
}
