import type { RequestHandler } from 'express';

/**
 * Several middleware functions as one. Express looks at the URL before each one that is mounted, which takes longer than
 * what most of them do.
 *
 * @returns one that calls them in turn, and the next when all have let the request pass; an error ends the turn
 */
export function asOneLayer(...handlers: readonly RequestHandler[]): RequestHandler {
  const [first, ...others] = handlers;
  if (first === undefined) return (_request, _response, next) => next();
  if (others.length === 0) return first;
  const rest = asOneLayer(...others);
  return (request, response, next) =>
    first(request, response, (error?: unknown) => {
      if (error === undefined) void rest(request, response, next);
      else next(error);
    });
}
