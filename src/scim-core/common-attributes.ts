import { complex, single } from './attribute-builders.ts';
import type { Attribute } from './schema.ts';

/** Attributes of every resource, whatever its schema (RFC 7643 §3 and §3.1). The server sets all of them. */
export const commonAttributes: readonly Attribute[] = [
  single('schemas', 'The URNs of the schemas that the resource uses.', {
    type: 'reference',
    multiValued: true,
    mutability: 'readOnly',
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  single('id', 'The identifier that the service gave to the resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  complex(
    'meta',
    'What the service knows about the resource.',
    [
      readOnly('resourceType', 'The name of the resource type.', { caseExact: true }),
      readOnly('created', 'When the resource was created.', { type: 'dateTime' }),
      readOnly('lastModified', 'When the resource was last changed.', { type: 'dateTime' }),
      readOnly('location', 'The URI of the resource.', {
        type: 'reference',
        caseExact: true,
        referenceTypes: ['uri'],
      }),
      readOnly('version', 'The entity tag of the resource.', { caseExact: true }),
    ],
    { mutability: 'readOnly' },
  ),
];

/**

 */
export const externalId: Attribute = single(
  'externalId',
  'The identifier that the client gave to the resource.',
  {
    caseExact: true,
  },
);

function readOnly(name: string, description: string, characteristics: Partial<Attribute>): Attribute {
  return single(name, description, { mutability: 'readOnly', ...characteristics });
}
