import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { extensionUrns, represent } from './representation.ts';

const text = fc.oneof(fc.string(), fc.constantFrom('"urn:a":', '\\"urn:b\\":', '","urn:c":{', '{"urn:d":1}'));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    text,
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('any'), { maxLength: 3 }),
  object: fc.dictionary(fc.oneof(text, fc.constantFrom('urn:x:inner', 'b')), tie('any'), { maxKeys: 3 }),
}));
const attributes = fc.dictionary(fc.constantFrom('userName', 'title', 'emails'), text, { maxKeys: 3 });
const extensions = fc.dictionary(
  fc.oneof(
    fc.constantFrom('urn:one:2.0:User', 'urn:b'),
    text.map((rest) => `urn:${rest}`),
  ),
  value.object,
  { maxKeys: 3 },
);
const resource = fc.tuple(attributes, extensions).map(([core, extended]) => ({ ...core, ...extended }));

const row = { id: 'u1', version: '7', created_at: new Date(0), modified_at: new Date(1) };
const type = { name: 'User', urn: 'urn:core' } as const;

describe('a resource is sent as it is stored', () => {
  it('with the URN of each of its extensions, and of nothing that only looks like one', () => {
    fc.assert(
      fc.property(resource, (stored) => {
        const urns = Object.keys(stored).filter((name) => name.startsWith('urn:'));
        const found = extensionUrns(JSON.stringify(stored)).map((name) => JSON.parse(name) as string);
        expect(found).toEqual(urns);
      }),
      { numRuns: 2_000 },
    );
  });

  it('between what every resource has and what is derived', () => {
    fc.assert(
      fc.property(resource, fc.option(fc.array(fc.string()), { nil: undefined }), (stored, groups) => {
        const derived = groups && { name: 'groups', json: JSON.stringify(groups) };
        const json = JSON.stringify(stored);
        const { json: sent, etag } = represent({ ...row, json }, type, 'https://x/"u1"', json, derived);
        const { schemas: _, ...rest } = JSON.parse(sent) as Record<string, unknown>;
        expect(rest).toEqual({
          id: 'u1',
          meta: {
            resourceType: 'User',
            created: '1970-01-01T00:00:00.000Z',
            lastModified: '1970-01-01T00:00:00.001Z',
            location: 'https://x/"u1"',
            version: etag,
          },
          ...(JSON.parse(json) as object),
          ...(groups && { groups }),
        });
      }),
    );
  });
});
