import type { NextFunction, RequestHandler, Response } from 'express';
import type { KnownRequest } from '../request/request-state.ts';
import { readUrl } from '../request/request-url.ts';

/**
 * Reads the URL of a request for everybody behind, see `readUrl`, and has the query of a SCIM request parsed once:
 * Express would do it at every look.
 *
 * @param publicPath the path below which the service is reached
 */
export function readRequestUrl(publicPath: string): RequestHandler {
  return (request: KnownRequest, _response: Response, next: NextFunction) => {
    const { door, url } = readUrl(request.url, publicPath);
    request.door = door;
    request.url = url;
    request.originalUrl = url;
    if (door === 'scim') Object.defineProperty(request, 'query', { value: request.query });
    next();
  };
}
