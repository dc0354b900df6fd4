import type { NextFunction, Request, Response } from 'express';

/**
 * Tidies the URL of a SCIM request, and has its query parsed once: Express would do it at every look.
 *
 * Doubled slashes and a slash at the end of a SCIM path are taken off before routing: administrators paste the
 * tenant URL with a slash at its end, and identity providers append `/Users` to it. A redirect would lose bodies.
 */
export function tidyScimUrl(request: Request, _response: Response, next: NextFunction): void {
  const tidied = tidy(request.url);
  if (tidied !== null) {
    request.url = tidied;
    Object.defineProperty(request, 'query', { value: request.query });
  }
  next();
}

/** Whether a tidy path is one of SCIM. */
export function isScimPath(path: string): boolean {
  return /^\/scim(?:\/|$)/.test(path);
}

/** Null for a URL that is not of SCIM. */
function tidy(url: string): string | null {
  const queryAt = url.indexOf('?');
  const path = queryAt === -1 ? url : url.slice(0, queryAt);
  const singleSlashes = path.replace(/\/{2,}/g, '/');
  if (!isScimPath(singleSlashes)) return null;
  const tidied = singleSlashes.replace(/\/$/, '');
  return queryAt === -1 ? tidied : tidied + url.slice(queryAt);
}
