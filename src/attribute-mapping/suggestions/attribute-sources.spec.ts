import { describe, expect, it } from '@jest/globals';
import { SeenAttributes } from './attribute-sources.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { compileSource } from '../rule/source.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('SeenAttributes', () => {
  const seen = new SeenAttributes();
  const people: ScimResource[] = [
    {
      userName: 'ann',
      password: 'secret',
      emails: [
        { value: 'ann@example.com', type: 'work', primary: true },
        { value: 'a@example.com', type: 'home' },
      ],
      name: { givenName: 'Ann' },
      [enterprise]: { department: 'Sales', manager: { value: 'm-1' } },
      'urn:acme:2.0:User': { badge: 'B7' },
    },
    { userName: 'bob', [enterprise]: { department: 'Sales' } },
  ];
  for (const person of people) seen.add(person);
  const sources = seen.result();
  const at = (path: string) => sources.find((source) => source.path === path);

  it('counts people and shows different examples', () => {
    expect(at('userName')).toMatchObject({ known: true, count: 2, examples: ['ann', 'bob'] });
    expect(at(`${enterprise}:department`)).toMatchObject({ known: true, count: 2, examples: ['Sales'] });
    expect(at('emails[type eq "work"].value')).toMatchObject({ known: true, count: 1 });
    expect(at('emails[primary eq true].value')).toMatchObject({ count: 1, examples: ['ann@example.com'] });
    expect(at('emails.value')).toMatchObject({ count: 1 });
    expect(at('name.givenName')).toMatchObject({ count: 1, examples: ['Ann'] });
  });

  it('finds attributes of extensions that nobody described', () => {
    expect(at('urn:acme:2.0:User:badge')).toMatchObject({ known: false, count: 1, examples: ['B7'] });
  });

  it('offers the attributes of the schemas that nobody has', () => {
    expect(at('nickName')).toMatchObject({ known: true, count: 0, examples: [] });
  });

  it('offers only what can be the source of a rule, and never a password', () => {
    for (const { path } of sources) expect(compileSource(path)).toHaveProperty('read');
    expect(JSON.stringify(sources)).not.toMatch(/password|secret/u);
  });

  it.each<[unknown[], string]>([
    [['true', 'False', true], 'checkbox'],
    [['7', '8.5', 9], 'number'],
    [['007', '008', '009'], 'text'],
    [['2026-01-31', '2025-12-24'], 'date'],
    [['a@example.com', 'b@example.com'], 'email'],
    [['https://example.com/a', 'http://example.com'], 'url'],
    [['Sales', 'sales', 'Research', 'Sales'], 'select'],
    [['Sales', 'Research', 'Legal'], 'text'],
    [['x'.repeat(1_001), 'y'], 'long_text'],
  ])('guesses from %j the type %s', (values, type) => {
    const guessed = new SeenAttributes();
    for (const value of values) guessed.add({ 'urn:acme:2.0:User': { thing: value } });
    expect(guessed.result()[0]).toMatchObject({ path: 'urn:acme:2.0:User:thing', type });
  });
});
