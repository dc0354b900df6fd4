import express, { type RequestHandler } from 'express';

const bodySizeMaxBytes = 1024 * 1024;
/** Some identity providers replace the whole membership of a group in one request. */
const groupBodySizeMaxBytes = 16 * 1024 * 1024;

const jsonMediaTypes = ['application/json', 'application/scim+json', 'application/*+json'];

/**
 * Parses JSON bodies of every media type that SCIM clients send (RFC 7644 §3.1), bounded in size.
 * A body that is too large or malformed goes to the error filter like any other error.
 */
export function jsonBody(): RequestHandler {
  const ordinary = express.json({ type: jsonMediaTypes, limit: bodySizeMaxBytes });
  const ofGroups = express.json({ type: jsonMediaTypes, limit: groupBodySizeMaxBytes });
  return (request, response, next) => {
    const parse = /^\/scim\/v2\/groups(\/|$)/i.test(request.path) ? ofGroups : ordinary;
    parse(request, response, next);
  };
}
