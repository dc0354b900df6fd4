/** What a drawing shows: a form for address and token, the table in which attributes are matched, or what to switch on. */
export type DrawingName = 'credentials' | 'matching' | 'features';

/** What can be seen of a step having been done. */
export type Signal = 'contact' | 'user' | 'externalId' | 'group';

/** A value to be copied into the identity provider. */
export type StepValue = 'tenantUrl' | 'externalIdMatch' | 'groupMatch' | 'uniqueIdentifier';

/** A step of a guide: its words stand in the texts of each language, in the same order. */
export interface Step {
  values?: readonly StepValue[];
  signal?: Signal;
  /** A sketch, where words are not enough. */
  drawing?: DrawingName;
}

export const providers = ['entra', 'okta', 'onelogin', 'jumpcloud', 'google', 'ping', 'other'] as const;
export type Provider = (typeof providers)[number];

/** The identity providers' own names. */
export const providerNames: Record<Exclude<Provider, 'other'>, string> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  google: 'Google Workspace',
  ping: 'Ping Identity',
};

/** The steps of each guide. */
export const guides: Record<Provider, readonly Step[]> = {
  entra: [
    {},
    {},
    { values: ['tenantUrl'], signal: 'contact', drawing: 'credentials' },
    { values: ['externalIdMatch'], signal: 'externalId', drawing: 'matching' },
    { values: ['groupMatch'] },
    {},
    { signal: 'user' },
  ],
  okta: [
    {},
    { values: ['tenantUrl', 'uniqueIdentifier'], signal: 'contact', drawing: 'credentials' },
    { drawing: 'features' },
    { signal: 'user' },
    { signal: 'group' },
  ],
  onelogin: [
    {},
    { values: ['tenantUrl'], signal: 'contact', drawing: 'credentials' },
    {},
    { signal: 'user' },
  ],
  jumpcloud: [
    {},
    { values: ['tenantUrl'], signal: 'contact', drawing: 'credentials' },
    {},
    { signal: 'user' },
  ],
  google: [{}, { values: ['tenantUrl'], signal: 'contact', drawing: 'credentials' }, {}, { signal: 'user' }],
  ping: [
    {},
    { values: ['tenantUrl', 'uniqueIdentifier'], signal: 'contact', drawing: 'credentials' },
    {},
    { signal: 'user' },
  ],
  other: [
    { values: ['tenantUrl'], signal: 'contact', drawing: 'credentials' },
    { values: ['uniqueIdentifier'] },
    { signal: 'user' },
  ],
};
