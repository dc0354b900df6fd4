import { single } from './attribute-builders.ts';
import { externalId } from './common-attributes.ts';
import { groupUrn } from './urns.ts';
import type { Schema } from './schema.ts';

/** The Group schema (RFC 7643 §4.2 and §8.7.1, with erratum 5368: `displayName` is required). */
export const groupSchema: Schema = {
  id: groupUrn,
  name: 'Group',
  description: 'Group',
  attributes: [
    externalId,
    single('displayName', 'The name of the group, suitable for display.', { required: true }),
    single('members', 'The members of the group.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        single('value', 'The id of the member.', {
          required: true,
          caseExact: true,
          mutability: 'immutable',
        }),
        single('$ref', 'The URI of the member.', {
          type: 'reference',
          caseExact: true,
          mutability: 'readOnly',
          referenceTypes: ['User', 'Group'],
        }),
        single('type', 'The resource type of the member.', {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        }),
        single('display', 'The display name of the member.', { mutability: 'immutable' }),
      ],
    }),
  ],
};
