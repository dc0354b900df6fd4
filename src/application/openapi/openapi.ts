import type { HttpServer, INestApplication } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Config } from '../../config/config.ts';
import { type Audience, documentFor } from './openapi-audiences.ts';
import { describeErrors, oauthProblemSchema, operationsOf, problemSchema } from './openapi-errors.ts';
import { describePreconditions } from './openapi-preconditions.ts';
import { describeScopes, describeSessions, securitySchemes } from './openapi-security.ts';
import { webhooksOf } from './openapi-webhooks.ts';
import { scimErrorSchema } from '../../scim/protocol/scim-openapi.ts';
import { cookieNameOf } from '../../workspaces/session-cookie.ts';

type JsonObject = Record<string, unknown>;

/** Where the document of each audience is; the operator's is behind the operator token or a product key. */
const places: readonly [path: string, audience: Audience][] = [
  ['/api/openapi.json', 'admin'],
  ['/api/openapi-scim.json', 'scim'],
  ['/operator/openapi.json', 'operator'],
];

/**
 * The HTTP contract as an OpenAPI 3.1 document, generated from the controllers and their response classes. What a
 * class does not name, an answer must not have.
 */
export function openApiDocument(nest: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('User provisioning')
    .setDescription(
      'SCIM 2.0 for identity providers, a REST API for workspace admins, another for the operator and the back end of the host product.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .build();
  const document = SwaggerModule.createDocument(nest, about, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const schemas: JsonObject = {};
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
    schemas[name] = withoutDefaults(closed(schema));
  schemas.Problem = problemSchema;
  schemas.ScimError = scimErrorSchema;
  schemas.OAuthProblem = oauthProblemSchema;
  for (const described of operationsOf(document.paths)) {
    describeSessions(described);
    describeScopes(described);
    describeErrors(described);
    describePreconditions(described);
  }
  const components = { schemas, securitySchemes: securitySchemes(cookieNameOf(nest.get(Config))) };
  return asJsonSchema({ ...document, webhooks: webhooksOf(), components }) as OpenAPIObject;
}

/**
 * Serves one document for each audience, and at `/api/docs` a page to browse those of customers. The texts are made
 * once: written out for each request they cost more than anything else that is asked without credentials.
 */
export function serveOpenApi(nest: INestApplication): void {
  const { publicUrl } = nest.get(Config);
  const contract = lazily(() => openApiDocument(nest));
  const adapter: HttpServer = nest.getHttpAdapter();
  for (const [path, audience] of places) {
    const json = lazily(() => Buffer.from(JSON.stringify(documentFor(audience, contract(), publicUrl))));
    adapter.get(path, (_request: Request, response: Response) => {
      response.type('application/json').send(json());
    });
  }
  SwaggerModule.setup('api/docs', nest, () => documentFor('admin', contract(), publicUrl), {
    raw: false,
    explorer: true,
    swaggerOptions: {
      // Only the headings at first: a page of every operation takes seconds to draw.
      docExpansion: 'none',
      // Beside the page, wherever a proxy put it.
      urls: [
        { name: 'Workspace admin', url: 'openapi.json' },
        { name: 'SCIM', url: 'openapi-scim.json' },
      ],
    },
  });
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function closed(schema: unknown): JsonObject {
  const object = schema as JsonObject;
  return object.type === 'object' && !('additionalProperties' in object)
    ? { ...object, additionalProperties: false }
    : object;
}

/**
 * Tells what a field is when it is absent in its description: generators of clients take a field with a `default` for one
 * that is always there, so that nobody could leave it out.
 */
function withoutDefaults(schema: JsonObject): JsonObject {
  if (typeof schema.properties !== 'object' || schema.properties === null) return schema;
  const properties = Object.entries(schema.properties as Record<string, JsonObject>).map(
    ([name, property]) => {
      if (!('default' in property)) return [name, property];
      const { default: otherwise, description, ...rest } = property;
      const told = [description, `Absent: ${JSON.stringify(otherwise)}.`].filter(Boolean).join(' ');
      return [name, { ...rest, description: told }];
    },
  );
  return { ...schema, properties: Object.fromEntries(properties) as JsonObject };
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
