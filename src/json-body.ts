import express, { type RequestHandler } from 'express';
import { bodyErrorOf } from './errors/body-error.ts';
import { bodySizeMaxBytes } from './scim-core/limits.ts';

/** Some identity providers replace the whole membership of a group in one request. */
const groupBodySizeMaxBytes = 16 * 1024 * 1024;

const jsonMediaTypes = ['application/json', 'application/scim+json', 'application/*+json'];

/**
 * Parses JSON bodies of every media type that SCIM clients send (RFC 7644 §3.1), bounded in size.
 * What a body that is too large or malformed means is said here: Nest would replace the parser's errors by its own.
 */
export function jsonBody(): RequestHandler {
  const ordinary = express.json({ type: jsonMediaTypes, limit: bodySizeMaxBytes });
  const ofGroups = express.json({ type: jsonMediaTypes, limit: groupBodySizeMaxBytes });
  return (request, response, next) => {
    // Nest mounts middleware, so that `path` alone is only what is left of the URL.
    const path = request.baseUrl + request.path;
    const parse = /^\/scim\/v2\/groups(\/|$)/i.test(path) ? ofGroups : ordinary;
    void parse(request, response, (error?: unknown) => next(bodyErrorOf(error) ?? error));
  };
}
