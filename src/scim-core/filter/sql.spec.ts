import { describe, expect, it } from '@jest/globals';
import { type AttributeName, resolveName } from '../attribute-name.ts';
import { groupResourceType, userResourceType } from '../resource-types.ts';
import { ScimError } from '../scim-error.ts';
import { parseFilter } from './parser.ts';
import { sortDirectionToSql, sortKeyToSql } from './sql-sort.ts';
import { type BoundValue, type FilterTarget, filterToSql } from './sql.ts';

const users: FilterTarget = {
  resource: 'u.resource',
  columns: {
    id: { sql: 'u.id', type: 'uuid' },
    userName: { sql: 'u.user_name_key', type: 'folded' },
    externalId: { sql: 'u.external_id', type: 'text' },
    active: { sql: 'u.active', type: 'boolean' },
    'meta.created': { sql: 'u.created_at', type: 'timestamp' },
  },
  hashes: { displayName: 'u.display_name_hash', 'emails.value': 'u.email_hashes' },
  rows: {},
};
const groups: FilterTarget = {
  resource: 'g.resource',
  columns: { id: { sql: 'g.id', type: 'uuid' } },
  rows: {
    members: {
      from: 'directory_group_member m WHERE m.group_id = g.id',
      columns: { value: { sql: 'm.member_id', type: 'text' } },
    },
  },
};

function sqlOf(filter: string, target = users, type = userResourceType) {
  const parameters: BoundValue[] = ['workspace'];
  return { sql: filterToSql(parseFilter(filter, type), target, parameters), parameters };
}

function named(text: string): AttributeName {
  const name = resolveName(text, userResourceType);
  if (name === null) throw new Error(text);
  return name;
}

const sortToSql = (path: Parameters<typeof sortKeyToSql>[0], order: 'ascending' | 'descending') =>
  `${sortKeyToSql(path, users)} ${sortDirectionToSql(order)}`;

describe('a filter in SQL', () => {
  it('compares an indexed column by plain equality with the folded value', () => {
    expect(sqlOf('userName eq "ALEX"')).toEqual({
      sql: 'u.user_name_key = $2',
      parameters: ['workspace', 'alex'],
    });
    expect(sqlOf('externalId eq "ALEX"')).toEqual({
      sql: 'u.external_id = $2',
      parameters: ['workspace', 'ALEX'],
    });
  });

  it('answers false for an id that is no UUID', () => {
    expect(sqlOf('id eq "00919288221112222"')).toEqual({ sql: 'FALSE', parameters: ['workspace'] });
  });

  it('lets ne and not count what has no value', () => {
    expect(sqlOf('title ne "CEO"').sql).toBe(`NOT coalesce(scim_fold((u.resource->>'title')) = $2, FALSE)`);
    expect(sqlOf('not (active eq true)').sql).toBe('NOT coalesce(u.active = $2::boolean, FALSE)');
  });

  it('asks one element for everything in brackets', () => {
    expect(sqlOf('roles[type eq "work"].value eq "x"').sql).toBe(
      `EXISTS (SELECT 1 FROM jsonb_array_elements(u.resource->'roles') AS e1 WHERE ` +
        `(scim_fold((e1->>'type')) = $2 AND scim_fold((e1->>'value')) = $3))`,
    );
  });

  it('asks the indexed hash before the text that equals it', () => {
    expect(sqlOf('displayName eq "ALEX"')).toEqual({
      sql: `(u.display_name_hash = scim_hash($3) AND scim_fold((u.resource->>'displayName')) = $2)`,
      parameters: ['workspace', 'alex', 'alex'],
    });
    expect(sqlOf('displayName ne "ALEX"').sql).toContain('NOT coalesce((u.display_name_hash = ');
    expect(sqlOf('displayName sw "ALEX"').sql).not.toContain('hash');
  });

  it('asks the hashes of a list only for what every chosen element must equal', () => {
    const hashed = 'u.email_hashes @> ARRAY[scim_hash(';
    for (const filter of [
      'emails eq "X"',
      'emails.value eq "X"',
      'emails[value eq "X"]',
      'emails[type eq "work"].value eq "X"',
      'emails[(type eq "work" or type eq "home") and value eq "X"]',
    ]) {
      expect(sqlOf(filter).sql).toContain(hashed);
    }
    for (const filter of [
      'emails[type eq "work" or value eq "X"]',
      'emails[not (value eq "X")]',
      'emails[value ne "X"]',
      'emails.value co "X"',
      'emails.display eq "X"',
    ]) {
      expect(sqlOf(filter).sql).not.toContain(hashed);
    }
  });

  it('looks for parts without LIKE', () => {
    const { sql, parameters } = sqlOf('title co "%_\\\\"');
    expect(sql).toBe(`strpos(scim_fold((u.resource->>'title')), $2) > 0`);
    expect(parameters[1]).toBe('%_\\');
  });

  it('looks for members in their rows', () => {
    expect(
      sqlOf('id eq "0190c8a0-0000-7000-8000-000000000001" and members eq "M"', groups, groupResourceType).sql,
    ).toBe(
      '(g.id = $2::uuid AND EXISTS (SELECT 1 FROM directory_group_member m WHERE m.group_id = g.id AND m.member_id = $3))',
    );
    expect(sqlOf('members[value eq "M"]', groups, groupResourceType).sql).toContain('AND m.member_id = $2)');
    expect(sqlOf('members pr', groups, groupResourceType).sql).toBe(
      'EXISTS (SELECT 1 FROM directory_group_member m WHERE m.group_id = g.id)',
    );
  });

  it('never lets a client’s text into the statement', () => {
    const { sql, parameters } = sqlOf(`urn:x'y:User:tag eq "it's"`);
    expect(sql).not.toContain("x'y");
    expect(parameters).toContain("urn:x'y:user");
    expect(parameters).toContain("it's");
  });

  it('refuses what the directory cannot search by', () => {
    for (const filter of [
      'meta.location pr',
      'schemas pr',
      'groups.value eq "x"',
      'manager.displayName pr',
    ]) {
      expect(() => sqlOf(filter)).toThrow(ScimError);
    }
    expect(() => sqlOf('members.display eq "x"', groups, groupResourceType)).toThrow(
      /members.display|display/,
    );
  });
});

describe('a sort order in SQL', () => {
  it('puts what has no value last, descending first, by code point', () => {
    expect(sortToSql(named('userName'), 'ascending')).toBe('u.user_name_key COLLATE "C" ASC NULLS LAST');
    expect(sortToSql(named('name.familyName'), 'descending')).toBe(
      `scim_fold((u.resource->'name'->>'familyName')) COLLATE "C" DESC NULLS FIRST`,
    );
  });

  it('takes the primary or else the first of several values', () => {
    expect(sortToSql(named('emails'), 'ascending')).toContain("s.value->'primary'");
  });

  it('refuses what has no order', () => {
    for (const path of ['name', 'groups', 'schemas']) {
      expect(() => sortToSql(named(path), 'ascending')).toThrow(ScimError);
    }
  });
});
