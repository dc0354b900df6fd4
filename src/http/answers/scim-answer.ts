import { HttpException } from '@nestjs/common';
import { ScimError } from '../../scim-core/scim-error.ts';
import { BadInputError, type DomainError, TooCostlyError } from '../../errors/domain-errors.ts';

/**
 * The SCIM error for an error of any kind (RFC 7644 §3.12). Null stands for a bug: a 500 without details.
 * The customer's admin reads `detail` in the log of the identity provider.
 */
export function scimErrorOf(error: DomainError | ScimError | HttpException | null): ScimError {
  if (error === null)
    return new ScimError(
      500,
      undefined,
      'Something went wrong on our side. The X-Request-Id of this answer finds it in the log.',
    );
  if (error instanceof ScimError) return error;
  if (error instanceof HttpException) return new ScimError(error.getStatus(), undefined, error.message);
  if (error instanceof BadInputError) return ScimError.invalidValue(error.message);
  if (error instanceof TooCostlyError) return ScimError.tooMany(error.message);
  return new ScimError(error.status, undefined, error.message);
}
