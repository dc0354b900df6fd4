import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isStorable } from '../../scim-core/storable-text.ts';

/**
 * Property decorator: the value is a text that can be stored, of at most `lengthMaxChars` UTF-16 units.
 */
export function PlainText(
  { lengthMaxChars }: { lengthMaxChars: number },
  options?: ValidationOptions,
): PropertyDecorator {
  return ValidateBy(
    {
      name: 'plainText',
      constraints: [0, lengthMaxChars],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && value.length <= lengthMaxChars && isStorable(value),
        defaultMessage: () => `must be a text of at most ${lengthMaxChars} characters, without NUL`,
      },
    },
    options,
  );
}
