import type { NextFunction, Request, Response } from 'express';
import { type DoorRequest, readUrl } from './doors/request-url.ts';

/**
 * Reads the URL of a request for everybody behind, see `readUrl`, and has the query of a SCIM request parsed once:
 * Express would do it at every look.
 */
export function readRequestUrl(
  request: Request & DoorRequest,
  _response: Response,
  next: NextFunction,
): void {
  const { door, url } = readUrl(request.url);
  request.door = door;
  request.url = url;
  request.originalUrl = url;
  if (door === 'scim') Object.defineProperty(request, 'query', { value: request.query });
  next();
}
