import { complex, kind, plural, primary, single } from './attribute-builders.ts';
import { externalId } from './common-attributes.ts';
import { userUrn } from './urns.ts';
import type { Attribute, Schema } from './schema.ts';

const name = complex('name', "The components of the user's name.", [
  single('formatted', 'The full name, formatted for display.'),
  single('familyName', 'The family name, or last name.'),
  single('givenName', 'The given name, or first name.'),
  single('middleName', 'The middle name or names.'),
  single('honorificPrefix', 'The honorific prefix or title, such as "Ms.".'),
  single('honorificSuffix', 'The honorific suffix, such as "III".'),
]);

const addresses: Attribute = {
  ...plural('addresses', 'Physical mailing addresses.', []),
  subAttributes: [
    single('formatted', 'The full address, formatted for display.'),
    single('streetAddress', 'The full street address, which may have several lines.'),
    single('locality', 'The city or locality.'),
    single('region', 'The state or region.'),
    single('postalCode', 'The zip code or postal code.'),
    single('country', 'The country, as an ISO 3166-1 alpha-2 code.'),
    kind(['work', 'home', 'other']),
    primary,
  ],
};

const groups: Attribute = {
  ...single('groups', 'The groups to which the user belongs, derived from the members of the groups.'),
  type: 'complex',
  multiValued: true,
  mutability: 'readOnly',
  subAttributes: [
    derived('value', 'The id of the group.', { caseExact: true }),
    derived('$ref', 'The URI of the group.', {
      type: 'reference',
      caseExact: true,
      referenceTypes: ['Group'],
    }),
    derived('display', 'The display name of the group.'),
    derived('type', 'Whether the membership is direct or indirect.', {
      canonicalValues: ['direct', 'indirect'],
    }),
  ],
};

/** The User schema (RFC 7643 §4.1 and §8.7.1). */
export const userSchema: Schema = {
  id: userUrn,
  name: 'User',
  description: 'User Account',
  attributes: [
    externalId,
    single('userName', 'The unique name by which the user signs in.', {
      required: true,
      uniqueness: 'server',
    }),
    name,
    single('displayName', 'The name of the user, suitable for display.'),
    single('nickName', 'The casual way to address the user.'),
    reference('profileUrl', "The URL of the user's online profile."),
    single('title', 'The user\'s title, such as "Vice President".'),
    single('userType', 'The user\'s relation to the organization, such as "Contractor".'),
    single('preferredLanguage', 'The preferred written or spoken language, as in HTTP Accept-Language.'),
    single('locale', 'The default location for localizing items such as currency.'),
    single('timezone', 'The time zone, in IANA Time Zone database format.'),
    single('active', 'Whether the user is active.', { type: 'boolean', defaultValue: true }),
    single('password', 'Accepted and discarded: the service keeps no passwords.', {
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    }),
    plural('emails', 'E-mail addresses.', ['work', 'home', 'other']),
    plural('phoneNumbers', 'Phone numbers.', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    plural('ims', 'Instant messaging addresses.', [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    plural('photos', 'URLs of photos.', ['photo', 'thumbnail'], {
      type: 'reference',
      caseExact: true,
      referenceTypes: ['external'],
    }),
    addresses,
    groups,
    plural('entitlements', 'Things the user has.', []),
    plural('roles', 'Roles that say who the user is, such as "Student".', []),
    plural('x509Certificates', 'X.509 certificates.', [], { type: 'binary', caseExact: true }),
  ],
};

function reference(attributeName: string, description: string): Attribute {
  return single(attributeName, description, {
    type: 'reference',
    caseExact: true,
    referenceTypes: ['external'],
  });
}

function derived(attributeName: string, description: string, more: Partial<Attribute> = {}): Attribute {
  return single(attributeName, description, { mutability: 'readOnly', ...more });
}
