import { Transform } from 'class-transformer';
import { MaxLength, ValidateBy } from 'class-validator';
import { isStorable } from '../../scim-core/storable-text.ts';
import { cleanLine, isVisible } from '../../scim-core/visible-text.ts';

/**
 * Can a text that somebody typed be a name? It is one line with something to see, and holds nothing invisible: direction
 * overrides turn the text around a name, and zero-width characters make two names look the same. Joiners stay where they
 * shape letters or pictures. White space at the ends does not count.
 */
export function isReadableName(text: string): boolean {
  return isStorable(text) && isVisible(text) && cleanLine(text) === text.trim();
}

/** What is said of a name that is none, see {@link isReadableName}. */
export const unreadableName =
  'must be a text on one line, with something to see and without control or invisible characters';

/**
 * Property decorator for every name that people type, of whatever they name: {@link isReadableName}, of at most
 * `lengthMaxChars` UTF-16 units. White space at its ends is taken away.
 */
export function ReadableName({ lengthMaxChars }: { lengthMaxChars: number }): PropertyDecorator {
  return (target, key) => {
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))(
      target,
      key,
    );
    MaxLength(lengthMaxChars)(target, key);
    ValidateBy({
      name: 'readableName',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isReadableName(value),
        defaultMessage: () => unreadableName,
      },
    })(target, key);
  };
}
