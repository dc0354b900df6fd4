import type { HttpServer, INestApplication } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

type JsonObject = Record<string, unknown>;

const problem = {
  type: 'object',
  description: 'A problem document (RFC 9457).',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string' },
          message: { type: 'string' },
          code: {
            type: 'string',
            description: 'Names the fault for good, where a client may word it himself.',
          },
          params: { type: 'object', additionalProperties: true, description: 'What its sentence needs.' },
        },
      },
    },
  },
  additionalProperties: true,
};

/**
 * The HTTP contract as an OpenAPI 3.1 document, generated from the controllers and their response classes. What a
 * class does not name, an answer must not have.
 */
export function openApiDocument(nest: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('User provisioning')
    .setDescription(
      'SCIM 2.0 for identity providers, a REST API for workspace admins, another for the operator.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'apiToken')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'operator')
    .build();
  const document = SwaggerModule.createDocument(nest, about, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const schemas: JsonObject = {};
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
    schemas[name] = closed(schema);
  schemas.Problem = problem;
  const whole = { ...document, components: { ...document.components, schemas } };
  for (const [path, item] of Object.entries(whole.paths)) {
    if (!path.startsWith('/scim')) addProblems(item as JsonObject);
  }
  return asJsonSchema(whole) as OpenAPIObject;
}

/**
 * Serves the document at `/api/openapi.json` and a page to browse it at `/api/docs`. Both are for everybody, so the text
 * is made once: written out anew for each request it costs more than anything else that is asked without credentials.
 */
export function serveOpenApi(nest: INestApplication): void {
  const document = lazily(() => openApiDocument(nest));
  const json = lazily(() => Buffer.from(JSON.stringify(document())));
  SwaggerModule.setup('api/docs', nest, document, { raw: false });
  const adapter: HttpServer = nest.getHttpAdapter();
  adapter.get('/api/openapi.json', (_request: Request, response: Response) => {
    response.type('application/json').send(json());
  });
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function closed(schema: unknown): unknown {
  const object = schema as JsonObject;
  return object.type === 'object' && !('additionalProperties' in object)
    ? { ...object, additionalProperties: false }
    : object;
}

function addProblems(item: JsonObject): void {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const operation of Object.values(item)) {
    const { responses } = operation as { responses: JsonObject };
    for (const range of ['4XX', '5XX']) responses[range] ??= { description: 'A problem', content };
    for (const status of Object.keys(responses)) {
      const described = responses[status] as JsonObject;
      if (Number(status) >= 400 && described.content === undefined) described.content = content;
    }
  }
}

/** OpenAPI 3.1 is JSON Schema, where `nullable` does not exist. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, asJsonSchema(value)]),
  );
  if (nullable === undefined) return rest;
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}
