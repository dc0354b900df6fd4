import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiQuery,
  ApiResponse,
} from '@nestjs/swagger';

type SchemaObject = Record<string, unknown>;

type OperationKind =
  'list' | 'search' | 'create' | 'get' | 'replace' | 'patch' | 'delete' | 'discovery' | 'bulk';

const strings = { type: 'array', items: { type: 'string' } };

const resource: SchemaObject = {
  type: 'object',
  description:
    'A SCIM resource (RFC 7643); its attributes are those of /Schemas, as far as they were asked for.',
  required: ['schemas', 'id', 'meta'],
  properties: {
    schemas: strings,
    id: { type: 'string' },
    meta: {
      type: 'object',
      required: ['resourceType', 'location'],
      properties: {
        resourceType: { type: 'string' },
        created: { type: 'string', format: 'date-time' },
        lastModified: { type: 'string', format: 'date-time' },
        location: { type: 'string' },
        version: { type: 'string' },
      },
    },
  },
  additionalProperties: true,
};

const list: SchemaObject = {
  type: 'object',
  required: ['schemas', 'totalResults', 'itemsPerPage', 'Resources'],
  properties: {
    schemas: strings,
    totalResults: { type: 'integer' },
    startIndex: { type: 'integer', description: 'Absent when paging by cursor' },
    nextCursor: { type: 'string', description: 'Absent on the last page, and when paging by index' },
    itemsPerPage: { type: 'integer' },
    Resources: { type: 'array', items: { type: 'object', additionalProperties: true } },
  },
  additionalProperties: false,
};

/** The schema of a SCIM error (RFC 7644 §3.12), which every refusal under `/scim` refers to. */
export const scimErrorSchema: SchemaObject = {
  type: 'object',
  description: 'A SCIM error (RFC 7644 §3.12).',
  required: ['schemas', 'status', 'detail'],
  properties: {
    schemas: strings,
    status: { type: 'string' },
    scimType: { type: 'string' },
    detail: { type: 'string' },
  },
  additionalProperties: false,
};

const bulk: SchemaObject = {
  type: 'object',
  required: ['schemas', 'Operations'],
  properties: {
    schemas: strings,
    Operations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['method', 'status'],
        properties: {
          method: { type: 'string' },
          bulkId: { type: 'string' },
          location: { type: 'string' },
          version: { type: 'string' },
          status: { type: 'string' },
          response: scimErrorSchema,
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

const free: SchemaObject = { type: 'object', additionalProperties: true };

/** Says in the OpenAPI document what a SCIM route takes and answers. */
export function ScimOperation(summary: string, kind: OperationKind): MethodDecorator {
  const takesBody = ['search', 'create', 'replace', 'patch', 'bulk'].includes(kind);
  const hasId = ['get', 'replace', 'patch', 'delete'].includes(kind);
  return applyDecorators(
    ApiOperation({ summary }),
    ApiProduces('application/scim+json'),
    ...answersOf(kind),
    ...(takesBody
      ? [ApiConsumes('application/scim+json', 'application/json'), ApiBody({ schema: free })]
      : []),
    ...(hasId ? [ApiParam({ name: 'id', schema: { type: 'string' } })] : []),
    ...queriesOf(kind),
  );
}

function answersOf(kind: OperationKind): MethodDecorator[] {
  switch (kind) {
    case 'list':
    case 'search':
      return [answer(200, 'A page of resources (RFC 7644 §3.4.2)', list)];
    case 'create':
      return [answer(201, 'The resource', resource)];
    case 'get':
    case 'replace':
      return [answer(200, 'The resource', resource)];
    case 'patch':
      return [answer(200, 'The resource', resource), ApiResponse({ status: 204, description: 'Done' })];
    case 'delete':
      return [ApiResponse({ status: 204, description: 'Gone' })];
    case 'bulk':
      return [answer(200, 'What became of each operation (RFC 7644 §3.7)', bulk)];
    case 'discovery':
      return [answer(200, 'What this server says of itself', free)];
  }
}

function answer(status: number, description: string, schema: SchemaObject): MethodDecorator {
  return ApiResponse({ status, description, content: { 'application/scim+json': { schema } } });
}

function queriesOf(kind: OperationKind): MethodDecorator[] {
  const text = (name: string, description: string) =>
    ApiQuery({ name, required: false, description, schema: { type: 'string' } });
  const projection = [
    text('attributes', 'Only these attributes, comma-separated'),
    text('excludedAttributes', 'All but these attributes, comma-separated'),
  ];
  if (kind === 'list') {
    return [
      text('filter', 'RFC 7644 §3.4.2.2'),
      text('sortBy', 'An attribute path'),
      text('sortOrder', 'ascending or descending'),
      text('startIndex', '1-based index of the first result'),
      text('cursor', 'RFC 9865: empty for the first page, then nextCursor; without startIndex'),
      text('count', 'Results per page'),
      ...projection,
    ];
  }
  return ['delete', 'search', 'discovery', 'bulk'].includes(kind) ? [] : projection;
}
