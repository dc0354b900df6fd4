import { HttpException } from '@nestjs/common';
import { ScimError } from '../scim-core/scim-error.ts';
import { type DomainError, TooLargeError } from './domain-errors.ts';

/**
 * What an error of Express's body parser or router means: they carry a status and a type of their own.
 *
 * @returns null when it is none of theirs
 */
export function bodyErrorOf(error: unknown): DomainError | ScimError | HttpException | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const type = 'type' in error ? error.type : null;
  if (type === 'entity.too.large') {
    const bytesMax = 'limit' in error && typeof error.limit === 'number' ? error.limit : null;
    const limit = bytesMax === null ? '' : ` of ${bytesMax} bytes`;
    return new TooLargeError(`The body is larger than the limit${limit}.`, bytesMax);
  }
  if (type === 'entity.parse.failed')
    return ScimError.invalidSyntax(`The body is not valid JSON: ${error.message}`);
  if (typeof error.status === 'number' && error.status >= 400 && error.status < 500) {
    return new HttpException(error.message, error.status);
  }
  return null;
}
