import fc from 'fast-check';
import { hostileText } from './values.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const paths = [
  'userName',
  'externalId',
  'id',
  'active',
  'displayName',
  'title',
  'emails',
  'emails.value',
  'emails[type eq "work"].value',
  'name.givenName',
  'name',
  'members',
  'members.value',
  'members.$ref',
  'meta.created',
  'meta.lastModified',
  'groups.value',
  'roles',
  'password',
  `${enterprise}:manager`,
  `${enterprise}:manager.value`,
  `${enterprise}:employeeNumber`,
  'urn:example:2.0:User:x',
  'phoneNumbers[type eq "mobile" and primary eq true]',
];
const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'xx'];

const path = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...paths) },
  { weight: 1, arbitrary: hostileText },
);
const value = fc.oneof(
  fc.constantFrom(
    'true',
    'false',
    'null',
    '1',
    '-1.5e3',
    '"2026-01-01T00:00:00Z"',
    '"ada@example.com"',
    '"',
    "'x'",
  ),
  fc.oneof(fc.string({ maxLength: 12 }), hostileText).map((text) => JSON.stringify(text)),
);

/** Filters of RFC 7644 §3.4.2.2, mostly right. */
export const filter: fc.Arbitrary<string> = fc.letrec<{ all: string; lone: string }>((tie) => ({
  lone: fc.oneof(
    fc.tuple(path, fc.constantFrom(...operators), value).map((parts) => parts.join(' ')),
    path.map((each) => `${each} pr`),
  ),
  all: fc.oneof(
    { maxDepth: 4, withCrossShrink: false },
    tie('lone'),
    fc
      .tuple(tie('all'), fc.constantFrom(' and ', ' or ', ' AND ', ' '), tie('all'))
      .map((parts) => parts.join('')),
    tie('all').map((each) => `not (${each})`),
    tie('all').map((each) => `(${each})`),
    tie('lone').map((each) => `emails[${each}]`),
    tie('all').map((each) => each.slice(1)),
  ),
})).all;

/** A PATCH of RFC 7644 §3.5.2, mostly right. */
export const patch: fc.Arbitrary<unknown> = fc.record({
  schemas: fc.constant(['urn:ietf:params:scim:api:messages:2.0:PatchOp']),
  Operations: fc.array(
    fc.record(
      {
        op: fc.constantFrom('add', 'replace', 'remove', 'Add', 'REMOVE', 'move'),
        path: fc.oneof(
          path,
          filter.map((each) => `members[${each}]`),
          filter.map((each) => `emails[${each}].value`),
        ),
        value: fc.oneof(
          fc.constantFrom<unknown>('x', true, 'True', null, [], {}, [{ value: 'x' }], { value: 'a@b' }, 5),
          fc.jsonValue({ maxDepth: 2 }),
        ),
      },
      { requiredKeys: ['op'] },
    ),
    { maxLength: 5 },
  ),
});

/** A user or a group, mostly right. */
export const resource: fc.Arbitrary<unknown> = fc.record(
  {
    userName: fc.oneof(fc.uuid(), hostileText),
    externalId: fc.oneof(fc.uuid(), hostileText, fc.constant(null)),
    displayName: fc.oneof(fc.string({ maxLength: 20 }), hostileText),
    active: fc.constantFrom<unknown>(true, false, 'True', 'no', null),
    name: fc.oneof(
      fc.record({ givenName: fc.string(), familyName: hostileText }),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    emails: fc.oneof(
      fc.array(
        fc.record({
          value: fc.oneof(fc.emailAddress(), hostileText),
          type: fc.string(),
          primary: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    members: fc.array(fc.record({ value: fc.oneof(fc.uuid(), hostileText) }), { maxLength: 4 }),
    [enterprise]: fc.oneof(
      fc.record({ manager: fc.record({ value: fc.uuid() }) }),
      fc.jsonValue({ maxDepth: 2 }),
    ),
  },
  { requiredKeys: ['userName', 'displayName'] },
);

/** A bulk request (RFC 7644 §3.7), mostly right. */
export const bulk: fc.Arbitrary<unknown> = fc.record({
  schemas: fc.constant(['urn:ietf:params:scim:api:messages:2.0:BulkRequest']),
  failOnErrors: fc.constantFrom<unknown>(0, 1, 5, 'x', -1),
  Operations: fc.array(
    fc.record(
      {
        method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'post'),
        path: fc.oneof(
          fc.constantFrom('/Users', '/Groups', '/Me', 'Users', '/Users/bulkId:a', '/../x'),
          hostileText,
        ),
        bulkId: fc.constantFrom('a', 'b', ''),
        data: fc.oneof(resource, patch),
      },
      { requiredKeys: ['method', 'path'] },
    ),
    { maxLength: 5 },
  ),
});
