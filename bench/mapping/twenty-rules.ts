import type { Rule, RuleSource, RuleTarget } from '../../src/attribute-mapping/rule/rule.ts';
import { markAlternatives } from '../../src/attribute-mapping/compile/default-rules.ts';
import type { Property } from '../../src/member-directory/properties/property-row.ts';
import type { ScimResource } from '../../src/scim-core/resource.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const types: Record<string, string> = {
  department: 'text',
  division: 'text',
  cost: 'text',
  employee: 'number',
  site: 'select',
  country: 'text',
  phone: 'phone',
  mobile: 'phone',
  badge: 'text',
  external: 'checkbox',
};

/** The properties that the rules fill. */
export const properties: Property[] = Object.entries(types).map(([key, type]) => {
  const options = [
    { key: 'ber', name: 'Berlin' },
    { key: 'muc', name: 'München' },
  ];
  const common = { id: key, key, name: key, required: false, filledBy: 'both' as const };
  return { ...common, type, options: type === 'select' ? options : null };
});

/** Twenty rules as a workspace of some size has them. */
export const rules: Rule[] = markAlternatives([
  rule('emails[primary eq true].value', { field: 'email' }),
  rule('emails[type eq "work"].value', { field: 'email' }),
  rule('userName', { field: 'email' }, ['onlyEmail']),
  rule('name.givenName', { field: 'firstName' }),
  rule('name.familyName', { field: 'lastName' }, ['upper']),
  rule('displayName', { field: 'displayName' }),
  rule('name.familyName', { field: 'displayName' }, ['template', '{name.givenName} {name.familyName}']),
  rule('title', { field: 'jobTitle' }),
  rule({ firstOf: ['preferredLanguage', 'locale'] }, { field: 'language' }),
  rule(`${enterprise}:manager`, { field: 'manager' }),
  rule(`${enterprise}:department`, { property: 'department' }),
  rule(`${enterprise}:division`, { property: 'division' }, ['lower']),
  rule(`${enterprise}:costCenter`, { property: 'cost' }, ['extract', '^([A-Z]+)-']),
  rule(`${enterprise}:employeeNumber`, { property: 'employee' }),
  rule('addresses[type eq "work"].locality', { property: 'site' }),
  rule('addresses[type eq "work"].country', { property: 'country' }, [
    'map',
    { DE: 'Germany', AT: 'Austria' },
  ]),
  rule('phoneNumbers[type eq "work"].value', { property: 'phone' }),
  rule('phoneNumbers[type eq "mobile"].value', { property: 'mobile' }, ['replace', ' ', '']),
  rule('nickName', { property: 'badge' }, ['prefix', 'EMP-']),
  rule('userType', { property: 'external' }, ['map', { Contractor: 'true' }, 'false']),
]);

function rule(source: RuleSource, target: RuleTarget, [name, ...args]: unknown[] = []): Rule {
  const transforms = typeof name === 'string' ? [{ name, args }] : [];
  return { source, transforms, target, when: 'always' };
}

/** A person as Entra ID sends them; people differ by their number. */
export function person(number: number): ScimResource {
  return {
    userName: `person${number}@example.com`,
    externalId: `ext-${number}`,
    active: true,
    displayName: `Person ${number}`,
    title: 'Engineer',
    nickName: String(number),
    userType: number % 5 === 0 ? 'Contractor' : 'Employee',
    preferredLanguage: 'de-DE',
    name: { givenName: 'Ann', familyName: `Archer ${number}` },
    emails: [
      { value: `home${number}@example.com`, type: 'home' },
      { value: `person${number}@example.com`, type: 'work', primary: true },
    ],
    phoneNumbers: [
      { value: '+49 89 1234', type: 'work' },
      { value: '+49 170 1234', type: 'mobile' },
    ],
    addresses: [{ type: 'work', locality: number % 2 === 0 ? 'Berlin' : 'München', country: 'DE' }],
    [enterprise]: {
      department: `Department ${number % 9}`,
      division: 'EMEA',
      costCenter: `DE-${number % 100}`,
      employeeNumber: String(number),
      manager: { value: 'ext-1' },
    },
  };
}
