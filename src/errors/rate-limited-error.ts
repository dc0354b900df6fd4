import { DomainError } from './domain-errors.ts';

/**
 * Somebody sends more requests in a time than they may; the same request may succeed later.
 *
 * @property retryAfterSeconds when to send it again, in whole seconds
 */
export class RateLimitedError extends DomainError {
  readonly status = 429;
  readonly title = 'Too many requests';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super('rate-limited', message, { retryAfterSeconds });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
