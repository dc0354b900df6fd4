import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import { ForbiddenError } from '../errors/domain-errors.ts';
import { isSameSecret } from '../http/request/same-secret.ts';

/**
 * The token that a write by cookie must bring along. It is derived from the session token, which another site cannot
 * read, so that nothing more is stored.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url');
}

/**
 * Makes sure that a write by cookie comes from the settings screen: it brings the token of its session, and what the
 * browser says of where it comes from (`Sec-Fetch-Site`, `Origin`) does not say otherwise.
 *
 * @throws ForbiddenError `csrf`
 */
export function requireOwnPage(
  request: Request,
  sessionToken: string,
  config: Pick<Config, 'publicUrl'>,
): void {
  requireOwnOrigin(request, config);
  if (isSameSecret(csrfTokenOf(sessionToken), request.get('x-csrf-token') ?? '')) return;
  throw new ForbiddenError('csrf', 'A write by cookie needs the X-CSRF-Token header of its session.');
}

/**
 * Makes sure that a browser does not say that a request comes from another site. Other clients send neither header.
 *
 * @throws ForbiddenError `csrf`
 */
export function requireOwnOrigin(request: Request, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  const site = request.get('sec-fetch-site') ?? 'same-origin';
  const origin = request.get('origin');
  // The address by which the page was loaded may differ from `PUBLIC_URL`, such as localhost and 127.0.0.1.
  const isOwn =
    origin === undefined || [new URL(publicUrl).host, request.get('host')].includes(hostOf(origin));
  if (site === 'same-origin' && isOwn) return;
  throw new ForbiddenError(
    'csrf',
    'A write by cookie must come from the settings screen itself, and not from another site.',
  );
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
