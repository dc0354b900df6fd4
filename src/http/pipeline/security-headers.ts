import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { KnownRequest } from '../request/request-state.ts';

/** What the page never asks a browser for. It writes to the clipboard, when somebody copies a secret. */
const permissions = [
  'camera',
  'clipboard-read',
  'display-capture',
  'geolocation',
  'microphone',
  'payment',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ');
const oneYearSeconds = 365 * 24 * 60 * 60;

/**
 * What browsers are told about each answer. SCIM is no place for a browser: there, the few headers suffice that keep a
 * JSON document from being taken for something else, and the connection encrypted.
 *
 * To be mounted behind `readRequestUrl`.
 *
 * @param publicUrl over plain HTTP nobody must be told to use HTTPS: there would be nobody to answer
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const isHttps = publicUrl.startsWith('https:');
  const forPages = helmet(
    isHttps
      ? {}
      : {
          strictTransportSecurity: false,
          contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
        },
  );
  return (request: KnownRequest, response, next) => {
    if (request.door !== 'scim') {
      // Nearly all that is behind these doors tells of persons, and an intermediary must not keep it.
      if (request.door === 'api' || request.door === 'operator' || request.door === 'oauth')
        response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Permissions-Policy', permissions);
      forPages(request, response, next);
      return;
    }
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (isHttps) {
      response.setHeader('Strict-Transport-Security', `max-age=${oneYearSeconds}; includeSubDomains`);
    }
    next();
  };
}
