import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../config/config.ts';
import { credentialsOf } from '../http/request/credentials.ts';
import { isSameSecret } from '../http/request/same-secret.ts';
import { wrongKindMessage } from '../http/request/token-kind.ts';
import { UnauthenticatedError } from '../errors/domain-errors.ts';

const realm = 'Bearer realm="operator"';

/** Lets in who holds the operator token. @throws UnauthenticatedError */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    const credentials = credentialsOf(authorization);
    if (credentials.kind !== 'token') {
      const came = credentials.kind === 'none' ? '' : ` What came was ${credentials.came}.`;
      throw new UnauthenticatedError(
        `Send the operator token in the Authorization header, as "Bearer" and the token.${came}`,
        realm,
      );
    }
    const { operatorToken } = this.config;
    if (isSameSecret(credentials.token, operatorToken)) return true;
    const wrongKind = wrongKindMessage(credentials.token, 'operator-token', operatorToken);
    throw new UnauthenticatedError(
      wrongKind ?? 'This is not the operator token.',
      `${realm}, error="invalid_token"`,
    );
  }
}
