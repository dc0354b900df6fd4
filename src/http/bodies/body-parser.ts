import type { Request, RequestHandler, Response } from 'express';
import { UnsupportedMediaTypeError } from '../../errors/domain-errors.ts';
import type { BodyBudget } from './body-budget.ts';
import { type BodyRule, importSizeMaxBytes, linesMediaType } from './body-rules.ts';
import { largeWork } from './large-work.ts';
import { jsonInspector, parseJson } from './parse-json.ts';
import { readBody } from './read-body.ts';
import { hasBody, leaveBodyUnread } from './unread-body.ts';

/** What a request may bring along, and whose share of the memory for bodies it takes; null: its body is not read. */
export type BodyPolicy = (request: Request) => { rule: BodyRule; holder: string } | null;

/**
 * JSON by all its names: the registered one, older ones, suffixes (RFC 6838 §4.2.8), and suffixes put the wrong way round.
 */
const jsonType = /^(?:application|text)\/(?:(?:x-)?json(?:\+[\w.!#$&^-]+)?|[\w.!#$&^+-]+\+json)$/;

type BodyKind = 'json' | 'csv' | 'lines' | 'form';

/** From this size on a body waits for its turn to be parsed, which takes milliseconds. */
const largeBodyBytes = 256 * 1024;

/**
 * Puts the body of a request on it, parsed: JSON of every media type that SCIM clients send (RFC 7644 §3.1), or the bytes
 * of a CSV file, whose encoding is for its reader to tell, or the text of a form. JSON on lines is left to its handler,
 * which reads it as it comes. To be mounted behind whatever checks credentials.
 *
 * JSON is UTF-8, whatever a charset parameter says (RFC 8259 §8.1, §11); bytes that are not are refused.
 *
 * @throws UnsupportedMediaTypeError (by `next`) for another media type or content coding
 * @throws TooLargeError, UnavailableError, BadInputError, ScimError (by `next`), see `readBody` and `parseJson`
 */
export function bodyParser(budget: BodyBudget, policyOf: BodyPolicy): RequestHandler {
  return (request, response, next) => {
    if (!isSent(request)) {
      next();
      return;
    }
    const policy = request.method === 'GET' || request.method === 'HEAD' ? null : policyOf(request);
    if (policy === null) {
      leaveBodyUnread(request, response);
      next();
      return;
    }
    const { rule, holder } = policy;
    const refuse = (error: unknown): void => {
      leaveBodyUnread(request, response);
      next(error);
    };
    let kind: BodyKind | null;
    try {
      kind = kindOf(request, response, rule);
    } catch (error) {
      refuse(error);
      return;
    }
    if (kind === null) {
      leaveBodyUnread(request, response);
      next();
      return;
    }
    if (kind === 'lines') {
      if (request.headers.expect !== undefined && request.httpVersion === '1.1') response.writeContinue();
      next();
      return;
    }
    const sizeMaxBytes = kind === 'csv' ? importSizeMaxBytes : rule.sizeMaxBytes;
    const inspect = kind === 'json' ? jsonInspector(rule) : () => null;
    const parse = (bytes: Buffer): void => {
      try {
        request.body = kind === 'json' ? parseJson(bytes) : kind === 'form' ? bytes.toString() : bytes;
      } catch (fault) {
        next(fault);
        return;
      }
      next();
    };
    readBody(request, response, sizeMaxBytes, { budget, holder, inspect }, (error, bytes) => {
      if (error !== null) refuse(error);
      else if (bytes.length < largeBodyBytes) parse(bytes);
      else void largeWork.turn(holder, bytes.length).then(() => parse(bytes));
    });
  };
}

/** Also a body of no bytes is one, when it says what it is. */
function isSent(request: Request): boolean {
  return hasBody(request) || request.headers['content-length'] === '0';
}

/**
 * What kind of body it is; null for one of no type where that is no JSON, or of no bytes, which is nobody's business.
 *
 * @throws UnsupportedMediaTypeError
 */
function kindOf({ headers }: Request, response: Response, rule: BodyRule): BodyKind | null {
  const { 'content-type': type, 'content-encoding': coding, 'content-length': length } = headers;
  if (coding !== undefined && coding.trim().toLowerCase() !== 'identity') {
    response.setHeader('Accept-Encoding', 'identity');
    throw new UnsupportedMediaTypeError('Send the body as it is: a Content-Encoding is not accepted.');
  }
  const isUnknown = type === undefined || type.trim() === '';
  if (isUnknown && !rule.lines) return rule.isJsonByDefault ? 'json' : null;
  const kind = isUnknown ? null : kindOfType(type, rule);
  if (kind !== null || (length === '0' && !rule.lines)) return kind;
  throw new UnsupportedMediaTypeError(`The body must be ${rule.mediaTypes}.`);
}

function kindOfType(type: string, rule: BodyRule): BodyKind | null {
  const parametersAt = type.indexOf(';');
  const mediaType = (parametersAt === -1 ? type : type.slice(0, parametersAt)).trim().toLowerCase();
  if (rule.form) return mediaType === 'application/x-www-form-urlencoded' ? 'form' : null;
  if (rule.lines) return mediaType === linesMediaType ? 'lines' : null;
  if (jsonType.test(mediaType)) return 'json';
  return rule.csv && mediaType === 'text/csv' ? 'csv' : null;
}
