import { expect, it } from '@jest/globals';
import { givenPerson } from '../harness/directory-person.ts';
import { allMembers, synchronize } from '../harness/synchronize.ts';
import { useService } from '../harness/use-service.ts';
import { givenWorkspace } from '../harness/workspace.ts';

const service = useService({ config: { PRODUCT_LANGUAGES: 'en,de' } });

it('gives members the language of the product that fits theirs, the locale where the language does not', async () => {
  const { scim, admin } = await givenWorkspace(service);
  const people = {
    ann: { preferredLanguage: 'de-CH', locale: 'en-US' },
    bob: { preferredLanguage: 'fr-CA', locale: 'DE_de' },
    cyd: { locale: 'en-GB' },
    dan: { preferredLanguage: 'fr' },
    eve: {},
  };
  for (const [name, more] of Object.entries(people)) await givenPerson(scim, `${name}@example.com`, more);
  await synchronize(admin);
  const members = await allMembers(admin);
  expect(members.map(({ displayName, language }) => [displayName, language])).toEqual([
    ['ann', 'de'],
    ['bob', 'de'],
    ['cyd', 'en'],
    ['dan', null],
    ['eve', null],
  ]);
});

it('names people whose language the product does not have, in the preview of the mapping', async () => {
  const { scim, admin } = await givenWorkspace(service);
  await givenPerson(scim, 'dan@example.com', { preferredLanguage: 'fr' });
  const { body: mapping } = await admin.get('/api/attribute-mapping').expect(200);
  const { rules } = mapping as { rules: unknown[] };
  expect(rules).toContainEqual(
    expect.objectContaining({
      source: 'preferredLanguage',
      transforms: [{ name: 'matchLanguage', args: [] }],
    }),
  );
  const { body } = await admin.post('/api/attribute-mapping/preview', { rules }).expect(200);
  const [dan] = body.items;
  expect(dan?.problems).toMatchObject([
    { target: 'language', code: 'no-product-language', params: { languages: 'en, de' } },
  ]);
});
