import { complex, single } from './attribute-builders.ts';
import { enterpriseUserUrn } from './urns.ts';
import type { Schema } from './schema.ts';

/** The enterprise extension of User (RFC 7643 §4.3 and §8.7.1). */
export const enterpriseUserSchema: Schema = {
  id: enterpriseUserUrn,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    single('employeeNumber', 'The number or code that the organization gave to the person.'),
    single('costCenter', 'The name of a cost center.'),
    single('organization', 'The name of an organization.'),
    single('division', 'The name of a division.'),
    single('department', 'The name of a department.'),
    complex('manager', "The user's manager.", [
      single('value', 'The id of the user who is the manager.', { caseExact: true }),
      // The service derives both from `value`; a $ref sent instead of a value is read for the id in it.
      single('$ref', 'The URI of the manager.', {
        type: 'reference',
        caseExact: true,
        mutability: 'readOnly',
        referenceTypes: ['User'],
      }),
      single('displayName', 'The display name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
};
