/**
 * The names of the faults of requests and files; they never change. A client may use its own words: the settings screen
 * has a sentence for each, in every language. Values and rules have codes of their own, and the service words them.
 */
export const faultCodes = [
  // Values
  'required',
  'unknown-field',
  'not-an-object',
  'not-a-list',
  'not-a-text',
  'not-a-plain-text',
  'not-a-readable-text',
  'broken-text',
  'not-true-or-false',
  'not-a-number',
  'not-a-whole-number',
  'not-a-moment',
  'not-a-time-of-day',
  'not-a-time-zone',
  'not-an-email-address',
  'not-an-id',
  'not-one-of',
  'not-in-future',
  'in-future',
  'too-small',
  'too-large',
  'too-short',
  'too-long',
  'length-out-of-range',
  'too-many-values',
  'too-deep',
  'too-many-keys',
  // Members
  'unknown-property',
  'provisioned-only',
  'no-member',
  'self',
  // Properties
  'bad-key',
  'key-stays',
  'no-options-here',
  'bad-option',
  'option-twice',
  // Files of members
  'no-header',
  'no-email-column',
  'unknown-column',
  'column-twice',
  'lost-character',
  'wrong-cell-count',
  'bad-quotes',
  'unreadable-csv',
  'too-many-rows',
  'address-twice',
  'address-taken',
  'member-known',
  'member-twice',
  'two-members-meant',
  'external-id-shared',
  'no-other-member',
  // The vendor's back end
  'no-workspace',
  // Decisions
  'nothing-held',
  'person-twice',
  'no-person',
  'no-group',
  'too-many-people',
  'one-choice',
  'nothing-suppressed',
  // The database
  'database-away',
  'database-full',
  'database-crowded',
  'database-read-only',
  'database-slow',
  'database-contended',
  'database-pooler',
  'database-refuses',
] as const;

/** The name of a fault. */
export type FaultCode = (typeof faultCodes)[number];
