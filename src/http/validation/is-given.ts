import { ValidateIf } from 'class-validator';

/** Checks the property only when it is there. Unlike `IsOptional`, null is not taken for absence. */
export function IsGiven(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}
