import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isStorable } from '../../scim-core/storable-text.ts';

/**
 * Property decorator: the value is a text that can be stored, of at most `lengthMaxChars` UTF-16 units, and, with
 * `notBlank`, not of white space alone.
 */
export function PlainText(
  limits: { lengthMaxChars: number; notBlank?: boolean },
  options?: ValidationOptions,
): PropertyDecorator {
  const { lengthMaxChars, notBlank = false } = limits;
  return ValidateBy(
    {
      name: 'plainText',
      constraints: [notBlank ? 1 : 0, lengthMaxChars],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          value.length <= lengthMaxChars &&
          isStorable(value) &&
          !(notBlank && value.trim() === ''),
        defaultMessage: () =>
          `must be a text of ${notBlank ? '1 to' : 'at most'} ${lengthMaxChars} characters, without NUL`,
      },
    },
    options,
  );
}
