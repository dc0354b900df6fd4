import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { plainPath, plainQueryNames } from './plain-path.ts';

interface Contract {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
}

const contract = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../openapi.json'), 'utf8'),
) as Contract;
const id = '0198f2a4-7c1e-7abc-8def-0123456789ab';

describe('a path in a log', () => {
  it('keeps every word of every route', () => {
    for (const path of Object.keys(contract.paths)) {
      const asked = path.replaceAll(/\{\w+\}/g, id);
      expect(plainPath(asked)).toBe(asked);
    }
  });

  it.each([
    ['/scim/v2/Users/anna@example.com', '/scim/v2/Users/:id'],
    ['/SCIM/v2/users/Anna%20Schmidt', '/SCIM/v2/users/:id'],
    [`/settings/members/${id}`, `/settings/members/${id}`],
    ['/settings/members/anna@example.com', '/settings/members/:id'],
    ['/anna/schmidt', '/:id/:id'],
    ['/', '/'],
    ['', ''],
  ])('of %s is %s', (path, plain) => expect(plainPath(path)).toBe(plain));

  it('is short, however long it was', () => {
    expect(plainPath('/a'.repeat(10_000)).length).toBeLessThan(100);
  });
});

describe('a query in a log', () => {
  it('keeps the name of every parameter, and no value', () => {
    const names = Object.values(contract.paths)
      .flatMap((path) => Object.values(path))
      .flatMap(({ parameters = [] }) => parameters.filter((parameter) => parameter.in === 'query'))
      .map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(plainQueryNames(`${name}=anna@example.com`)).toEqual([name]);
  });

  it('does not take a value for a name', () => {
    expect(plainQueryNames('anna@example.com&Anna=1&filter=x')).toEqual([':name', 'filter']);
  });
});
