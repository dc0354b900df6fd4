import type { OpenAPIObject } from '@nestjs/swagger';

type JsonObject = Record<string, unknown>;

/** The schema of a problem document, how everything but SCIM says what went wrong. */
export const problemSchema = {
  type: 'object',
  description: 'A problem document (RFC 9457).',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'Its last part names the problem for good.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Everything that is wrong with what was sent.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string' },
          message: { type: 'string' },
          code: {
            type: 'string',
            description: 'Names the fault for good, where clients may word it themselves.',
          },
          params: { type: 'object', additionalProperties: true, description: 'What its sentence needs.' },
        },
      },
    },
  },
  additionalProperties: true,
};

/** The schema of what a token endpoint says of a request that it refuses. */
export const oauthProblemSchema = {
  type: 'object',
  description: 'An error of OAuth 2.0 (RFC 6749 §5.2).',
  required: ['error', 'error_description'],
  properties: {
    error: {
      type: 'string',
      enum: [
        'invalid_request',
        'invalid_client',
        'unsupported_grant_type',
        'temporarily_unavailable',
        'server_error',
      ],
    },
    error_description: { type: 'string' },
  },
  additionalProperties: false,
};

/** What each refusal means, for `/api`, `/operator` and `/scim` alike. */
const meanings: Readonly<Record<number, string>> = {
  400: 'Something that was sent cannot be right; the answer says what and where',
  401: 'The credentials are missing, of another kind, over or revoked; the answer says which',
  403: 'The caller may not do this',
  404: 'There is no such thing',
  409: 'The present state does not allow it',
  412: 'The resource is of another version than `If-Match` names',
  413: 'The body is larger than the limit',
  415: 'The body is of a media type that is not taken',
  429: 'Too many requests came, or are under way; try again after `Retry-After` seconds',
  503: 'Something passing, such as a database that restarts; try again after `Retry-After` seconds',
};

/** One operation of the document, as far as its errors depend on it. */
export interface DescribedOperation {
  method: string;
  path: string;
  operation: {
    responses: JsonObject;
    description?: string;
    parameters?: readonly { in?: string; name?: string }[];
    requestBody?: unknown;
    security?: readonly JsonObject[];
    'x-product-scope'?: string;
  };
}

/** Every operation of a document, with its place. */
export function operationsOf(paths: OpenAPIObject['paths']): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, DescribedOperation['operation']>).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  );
}

/**
 * Says of each operation how it may refuse: with a problem document, or in SCIM with a SCIM error. The ranges `4XX` and
 * `5XX` stay for what a proxy or a later version says.
 */
export function describeErrors(described: DescribedOperation): void {
  const { responses } = described.operation;
  const content = contentOf(described);
  for (const range of ['4XX', '5XX']) responses[range] ??= { description: 'A problem', content };
  for (const status of statusesOf(described)) {
    responses[status] ??= { description: meanings[status], content };
  }
  for (const [status, answer] of Object.entries(responses)) {
    const known = answer as JsonObject;
    if (Number(status) >= 400) known.content ??= content;
  }
}

function contentOf({ path }: DescribedOperation): JsonObject {
  if (path.startsWith('/oauth'))
    return { 'application/json': { schema: { $ref: '#/components/schemas/OAuthProblem' } } };
  return path.startsWith('/scim')
    ? { 'application/scim+json': { schema: { $ref: '#/components/schemas/ScimError' } } }
    : { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
}

/** Which refusals an operation may answer with, by what it takes. */
function statusesOf({ method, path, operation }: DescribedOperation): number[] {
  if (path.startsWith('/health')) return [503];
  if (path.startsWith('/oauth')) return [400, 401, 413, 415, 429, 503];
  const isScim = path.startsWith('/scim');
  const writes = method !== 'get' && !path.endsWith('/.search');
  const takesBody = operation.requestBody !== undefined;
  const takesQuery = operation.parameters?.some((parameter) => parameter.in === 'query') ?? false;
  const conditions: readonly [status: number, holds: boolean][] = [
    [400, takesBody || takesQuery],
    [401, true],
    [403, path.startsWith('/operator') || isScim || writes],
    [404, path.includes('{')],
    [409, writes],
    [412, isScim && writes && path.includes('{')],
    [413, takesBody],
    [415, takesBody],
    [429, operation.security !== undefined],
    [503, true],
  ];
  return conditions.flatMap(([status, holds]) => (holds ? [status] : []));
}
