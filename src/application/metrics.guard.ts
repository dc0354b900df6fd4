import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Config } from '../config/config.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';
import { credentialsOf } from '../http/request/credentials.ts';
import type { KnownRequest } from '../http/request/request-state.ts';
import { isSameSecret } from '../http/request/same-secret.ts';

/**
 * Lets in who holds an operator token or `METRICS_TOKEN`. It is asked at the door, where refusals are counted.
 *
 * @throws UnauthenticatedError for everybody else
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<KnownRequest>();
    const credentials = credentialsOf(headers.authorization);
    const { operatorTokens, metricsToken } = this.config;
    const tokens = operatorTokens.map(({ token }) => token);
    const known = metricsToken === null ? tokens : [...tokens, metricsToken];
    // All of them are compared, so that the time tells nothing of which one it was.
    const isKnown =
      credentials.kind === 'token' &&
      known.filter((token) => isSameSecret(credentials.token, token)).length > 0;
    if (isKnown) return true;
    throw new UnauthenticatedError('/metrics takes the operator token or METRICS_TOKEN, as a bearer token.');
  }
}
