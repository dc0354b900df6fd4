import { memberFields, type MemberTexts } from '../../src/member-directory/fields/member-field.ts';
import type { MemberState } from '../../src/sync/decision/person.ts';

/** A member as provisioning makes them and the decision knows them: what a spec does not name, they do not have. */
export function memberState(values: Partial<MemberState> = {}): MemberState {
  const texts = Object.fromEntries(memberFields.map((field) => [field, null])) as unknown as MemberTexts;
  return {
    ...texts,
    id: 'member-1',
    email: 'ada@example.com',
    emailKey: 'ada@example.com',
    status: 'active',
    source: 'provisioning',
    externalId: 'e1',
    provisionedFields: [],
    properties: {},
    managerId: null,
    deactivatedAt: null,
    removalDueAt: null,
    suspension: null,
    role: null,
    roleGroups: [],
    ...values,
  };
}
