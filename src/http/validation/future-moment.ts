import { BadInputError, codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { applyDecorators } from '@nestjs/common';
import { IsISO8601, ValidateBy, ValidateIf } from 'class-validator';
import { parseDateTime } from '../../scim-core/date-time.ts';

/** Property decorator for a moment that may be absent or null: RFC 3339 with its offset from UTC. */
export function MomentOrNull(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_object, value) => value !== undefined && value !== null),
    IsISO8601({ strict: true, strictSeparator: true }),
    HasOffset(),
  );
}

function HasOffset(): PropertyDecorator {
  return ValidateBy({
    name: 'hasOffset',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && /(?:Z|[+-]\d{2}:\d{2})$/.test(value),
      defaultMessage: () => 'must end with its offset from UTC: Z or ±HH:MM',
    },
  });
}

/** The fault of a moment that is not after `now`; null for one that is, and where there is none. */
export function pastFault(path: string, text: string | null | undefined, now: Date): InputFault | null {
  if (text == null || new Date(text) > now) return null;
  return codedFault(path, 'not-in-future', `${path} must be a time in the future`);
}

/** The moment that a text names; null where there is none. @throws BadInputError for one that is not in the future */
export function futureMoment(path: string, text: string | null | undefined, now: Date): Date | null {
  const fault = pastFault(path, text, now);
  if (fault !== null) throw new BadInputError([fault]);
  return text == null ? null : new Date(text);
}

/**
 * The moment that a text names, of something that has happened.
 *
 * @param latest how late it may be
 * @throws BadInputError for one that is later, and for a text that names none
 */
export function pastMoment(path: string, text: string, latest: Date): Date {
  const ms = parseDateTime(text);
  if (ms === null) {
    const example = '2030-01-31T12:00:00Z';
    throw new BadInputError([
      codedFault(path, 'not-a-moment', `${path} must be a date and time such as ${example}`),
    ]);
  }
  if (ms > latest.getTime()) {
    throw new BadInputError([codedFault(path, 'in-future', `${path} must not be in the future`)]);
  }
  return new Date(ms);
}
