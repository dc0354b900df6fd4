import type { NextFunction, Request, Response } from 'express';

/**
 * Doubled slashes and a slash at the end of a SCIM path are taken off before routing: administrators paste the
 * tenant URL with a slash at its end, and identity providers append `/Users` to it. A redirect would lose bodies.
 */
export function tidyScimUrl(request: Request, _response: Response, next: NextFunction): void {
  request.url = tidy(request.url);
  next();
}

function tidy(url: string): string {
  const queryAt = url.indexOf('?');
  const path = queryAt === -1 ? url : url.slice(0, queryAt);
  const singleSlashes = path.replace(/\/{2,}/g, '/');
  if (!/^\/scim(\/|$)/.test(singleSlashes)) return url;
  const tidied = singleSlashes.length > 1 ? singleSlashes.replace(/\/$/, '') : singleSlashes;
  return queryAt === -1 ? tidied : tidied + url.slice(queryAt);
}
