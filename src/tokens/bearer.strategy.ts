import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-http-bearer';

export const bearerStrategyName = 'api-token';

/**
 * Reads the bearer credentials of a request (RFC 6750 §2.1). It only reads: Passport's registry is one per process,
 * not per application, so what needs the database of this application is done by the guard.
 */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, bearerStrategyName) {
  validate(secret: string): string {
    return secret;
  }
}
