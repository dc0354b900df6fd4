import { describe, expect, it } from '@jest/globals';
import { attributeSources } from './attribute-sources.ts';
import { compileSource } from './source.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('attributeSources', () => {
  const sources = attributeSources([
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
  ]);
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
});
