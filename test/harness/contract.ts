import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { OpenAPIObject } from '@nestjs/swagger';

type JsonObject = Record<string, unknown>;

interface Route {
  method: string;
  template: string;
  pattern: RegExp;
  responses: Record<string, JsonObject>;
}

/** `test/http/openapi.spec.ts` compares it with what the service serves; generating it for each service takes too long. */
const checkedInDocument = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8'),
) as OpenAPIObject;

const faultsShownMax = 20;

/** Statuses that are answered before a route runs; no route has to document them. */
const anywhere = new Set(['304', '404', '405', '413', '501']);

/**
 * Checks every answer of a service against the OpenAPI document, so that every test over HTTP also tests the contract.
 * Answers that do not fit are collected, and fail the spec when its service stops.
 */
export class Contract {
  private readonly found: string[] = [];

  /** Starts to check the server's answers. */
  watch(server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      const write = response.write.bind(response) as (...given: unknown[]) => boolean;
      const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
      const keep = (chunk: unknown) => {
        if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
        else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
      };
      response.write = ((...given: unknown[]) => {
        keep(given[0]);
        return write(...given);
      }) as typeof response.write;
      response.end = ((...given: unknown[]) => {
        keep(given[0]);
        return end(...given);
      }) as typeof response.end;
      const path = (request.url ?? '').split('?')[0] ?? '';
      response.on('finish', () =>
        this.check(request.method ?? 'GET', path, response, plain(response, Buffer.concat(chunks))),
      );
    });
  }

  /** @throws Error naming every answer that did not fit */
  requireKept(): void {
    const faults = [...new Set(this.found)].slice(0, faultsShownMax);
    if (faults.length > 0)
      throw new Error(`Answers that do not fit the OpenAPI document:\n${faults.join('\n')}`);
  }

  private check(method: string, path: string, response: ServerResponse, body: Buffer): void {
    const status = String(response.statusCode);
    const fault =
      secretFault(response, body) ?? this.faultOf(method, path, status, contentType(response), body);
    if (fault !== null) this.found.push(`${method} ${path} → ${status}: ${fault}`);
  }

  private faultOf(method: string, path: string, status: string, type: string, body: Buffer): string | null {
    if (status.startsWith('5') && status !== '501' && status !== '503') return body.toString();
    const route = routes.find((one) => one.method === method && one.pattern.test(path));
    if (route === undefined) return null;
    const responses = route.responses;
    const described = responses[status] ?? responses[`${status.charAt(0)}XX`];
    if (described === undefined)
      return anywhere.has(status) ? null : `${route.template} says nothing of this status`;
    const content = described.content as JsonObject | undefined;
    if (content === undefined) return body.length === 0 ? null : 'a body where none is described';
    if (method === 'HEAD') return null;
    const media = content[type] as { schema?: JsonObject } | undefined;
    if (media === undefined) return `content type ${type}, described: ${Object.keys(content).join(', ')}`;
    // JSON on lines is a text.
    if (!type.endsWith('json') || type.endsWith('ndjson') || media.schema === undefined) return null;
    const value: unknown = JSON.parse(body.toString());
    const mismatch = schemas.mismatch(media.schema, value);
    return mismatch === null && route.template === '/operator/events' && status === '200'
      ? eventFault(value as { items: { type: string }[] })
      : mismatch;
  }
}

/** Every event must be what the document says is sent to webhooks, too. */
function eventFault({ items }: { items: { type: string }[] }): string | null {
  for (const event of items) {
    const schema = webhooks[event.type];
    const fault = schema === undefined ? 'no webhook' : schemas.mismatch(schema, event);
    if (fault !== null) return `${event.type}: ${fault}`;
  }
  return null;
}

/** The schema of the body of each webhook, by the type of event. */
function webhookBodies({ webhooks: described = {} }: OpenAPIObject): Record<string, JsonObject> {
  const bodies = Object.entries(described as Record<string, JsonObject>).map(([type, { post }]) => {
    const { requestBody } = post as { requestBody: { content: Record<string, { schema: JsonObject }> } };
    return [type, requestBody.content['application/json']?.schema ?? {}] as const;
  });
  return Object.fromEntries(bodies);
}

/** The schemas of a document. Each is compiled on first use, once for all services of a worker. */
class Schemas {
  private readonly compiled = new WeakMap<JsonObject, ValidateFunction>();
  // Optimizing the generated code takes longer than running it unoptimized.
  private readonly ajv = new Ajv({
    strict: false,
    allErrors: true,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  });

  constructor(document: OpenAPIObject) {
    (addFormats as unknown as (ajv: Ajv) => void)(this.ajv);
    this.ajv.addSchema({ $id: 'document', components: document.components });
  }

  /** Describes what does not fit; null when everything fits. */
  mismatch(schema: JsonObject, value: unknown): string | null {
    let validate = this.compiled.get(schema);
    if (validate === undefined) {
      validate = this.ajv.compile(withDocumentReferences(schema));
      this.compiled.set(schema, validate);
    }
    return validate(value) ? null : this.ajv.errorsText(validate.errors).slice(0, 400);
  }
}

function routesOf(template: string, item: JsonObject): Route[] {
  const pattern = new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);
  return Object.entries(item).map(([method, operation]) => ({
    method: method.toUpperCase(),
    template,
    pattern,
    responses: (operation as { responses: Record<string, JsonObject> }).responses,
  }));
}

/** An answer with a secret that may be compressed on the way tells of it: see `compressAnswers`. */
function secretFault(response: ServerResponse, body: Buffer): string | null {
  const holdsSecret = /"(?:secret|csrfToken)":"/.test(body.toString('latin1'));
  const mayBeCompressed = !String(response.getHeader('Cache-Control')).includes('no-transform');
  return holdsSecret && mayBeCompressed ? 'a secret in an answer that may be compressed' : null;
}

/** The body before it was compressed. */
function plain(response: ServerResponse, body: Buffer): Buffer {
  const encoding = response.getHeader('Content-Encoding');
  if (encoding === 'gzip') return gunzipSync(body);
  return encoding === 'br' ? brotliDecompressSync(body) : body;
}

function contentType(response: ServerResponse): string {
  return (
    String(response.getHeader('Content-Type') ?? '')
      .split(';')[0]
      ?.trim() ?? ''
  );
}

/** `#/components/…` of the OpenAPI document, made absolute. */
function withDocumentReferences(schema: unknown): JsonObject {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === '$ref' && typeof value === 'string' ? value.replace(/^#/, 'document#') : value,
    ),
  ) as JsonObject;
}

const schemas = new Schemas(checkedInDocument);
const webhooks = webhookBodies(checkedInDocument);
const routes = Object.entries(checkedInDocument.paths).flatMap(([template, item]) =>
  routesOf(template, item as JsonObject),
);
