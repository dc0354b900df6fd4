import type { OpenAPIObject } from '@nestjs/swagger';
import { type EventType, eventTypes } from '../../events/event.ts';

type JsonObject = Record<string, unknown>;

const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const groupProperties = { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } };
const group: JsonObject = { type: 'object', required: ['id', 'name'], properties: groupProperties };
const membership: JsonObject = {
  type: 'object',
  required: ['id', 'name', 'member'],
  properties: {
    ...groupProperties,
    member: {
      type: 'object',
      required: ['id', 'externalId', 'email'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        externalId: { type: ['string', 'null'] },
        email: { type: 'string' },
      },
    },
  },
};

/** What `data` of an event of the type is. */
function dataOf(type: EventType): JsonObject {
  if (type.startsWith('member.')) return reference('ProductMemberResponse');
  if (type.startsWith('group.member_')) return membership;
  return type.startsWith('group.') ? group : { type: 'object' };
}

const headers: readonly [name: string, description: string][] = [
  ['webhook-id', 'The id of the event: the same in each attempt.'],
  ['webhook-timestamp', 'When the attempt was made, in seconds since 1970.'],
  ['webhook-signature', 'Signatures over id, time and body, separated by spaces: `v1,…` (HMAC-SHA256).'],
];

/**
 * What the service sends to webhooks, by the type of event (OpenAPI 3.1, Webhooks): the body is the event as the feed has
 * it, signed by Standard Webhooks 1.0.
 */
export function webhooksOf(): NonNullable<OpenAPIObject['webhooks']> {
  const entries = eventTypes.map((type) => [type, { post: operationOf(type) }]);
  return Object.fromEntries(entries) as NonNullable<OpenAPIObject['webhooks']>;
}

function operationOf(type: EventType): JsonObject {
  const properties = { type: { const: type }, data: dataOf(type) };
  return {
    operationId: `webhook_${type.replace('.', '_')}`,
    summary: `Hear of ${type}`,
    tags: ['Webhooks'],
    security: [],
    parameters: headers.map(([name, description]) => ({
      name,
      in: 'header',
      required: true,
      description,
      schema: { type: 'string' },
    })),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { allOf: [reference('EventResponse'), { type: 'object', properties }] },
        },
      },
    },
    responses: {
      '2XX': { description: 'Received.' },
      '410': { description: 'Nobody listens here any more: the webhook is disabled.' },
      default: { description: 'Not received: another attempt follows.' },
    },
  };
}
