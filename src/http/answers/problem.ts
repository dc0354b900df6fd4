import { HttpException } from '@nestjs/common';
import { ScimError } from '../../scim-core/scim-error.ts';
import { DomainError } from '../../errors/domain-errors.ts';
import type { Language } from '../../errors/sentence.ts';

/** Where the documentation of each problem type stands; the last part is the stable name. */
const problemTypeBase = 'urn:user-provisioning:problem:';

/** A problem document (RFC 9457): what went wrong, for machines by `type`, for people by `detail`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  [extra: string]: unknown;
}

/** The problem document for an error; null stands for a bug and becomes a 500 that tells nothing of it. */
export function problemOf(
  error: DomainError | ScimError | HttpException | null,
  language: Language = 'en',
): Problem {
  if (error instanceof DomainError) {
    const { type, title, status, extra } = error;
    return { type: problemTypeBase + type, title, status, ...error.said(language), ...extra };
  }
  if (error instanceof ScimError) {
    return {
      type: `${problemTypeBase}bad-input`,
      title: 'Bad request',
      status: error.status,
      detail: error.message,
    };
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    const notFound = status === 404;
    return {
      type: problemTypeBase + (notFound ? 'not-found' : 'bad-request'),
      title: notFound ? 'Not found' : 'Bad request',
      status,
      detail: error.message,
    };
  }
  return {
    type: `${problemTypeBase}internal-error`,
    title: 'Internal error',
    status: 500,
    detail: 'Something went wrong on our side. The X-Request-Id of this answer finds it in the log.',
  };
}
