import { globSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Page, root } from './page.ts';

interface Rule {
  name: string;
}

const page = new Page('ARCHITECTURE.md');
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: Rule[];
};

/** The text below a heading, up to the next of its level. */
function section(heading: string): string {
  const [, rest = ''] = page.prose.split(`## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

/** The cells of the tables in a text, without their headings. */
function rowsOf(text: string): string[][] {
  const rows = [...text.matchAll(/^\| (?!-)(.+) \|$/gm)].map(([, cells = '']) => cells.split(' | '));
  return rows.map((cells) => cells.map((cell) => cell.trim())).slice(1);
}

const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function foldersIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** What the check of imports calls `street-…`: the rooms, and the rooms inside them. */
const ruled = forbidden.flatMap(({ name }) => /^street-(.+)$/.exec(name)?.[1] ?? []);
const rooms = foldersIn('src');

/** Files with statements whose table is a value that is never `sync_queue`, each for a reason. */
const writesOtherTables = new Set([
  // The rows of whichever table a room passes; `sync_queue` has a door of its own.
  'src/database/table/table-sql.ts',
  // The feed and the audit log.
  'src/database/publish-positions.ts',
  // Texts that name somebody: the queue has none.
  'src/personal-data/sweep.ts',
  // What is kept of the past, by member or run.
  'src/personal-data/prune-past.ts',
  // Users and groups that an earlier release has created.
  'src/scim/directory/directory-recounts.ts',
]);

describe('ARCHITECTURE.md', () => {
  const street = page.blocks[0]?.text.trim().split(/\s+/) ?? [];

  it('shows the street that the check of imports holds', () => {
    expect(street).toEqual(ruled.filter((name) => rooms.includes(name)));
  });

  it('has a row for each room, which lists the rooms inside from left to right', () => {
    const rows = rowsOf(section('The street')).map(([room = '', , inside = '']) => ({
      room: codesIn(room)[0] ?? '',
      inside: codesIn(inside),
    }));
    expect(rows.map(({ room }) => room)).toEqual(street);
    for (const { room, inside } of rows) {
      expect({ room, inside: inside.toSorted() }).toEqual({ room, inside: foldersIn(`src/${room}`).sort() });
      const inOrder = ruled.filter((name) => name.startsWith(`${room}-`) && !rooms.includes(name));
      if (inOrder.length > 0) expect(inside.map((name) => `${room}-${name}`)).toEqual(inOrder);
    }
  });

  it('names every file that writes sync_queue, and no other', () => {
    const byName = /INSERT INTO sync_queue \(|UPDATE sync_queue SET|DELETE FROM sync_queue WHERE/;
    // A statement whose table is a value may write any table, this one too.
    const byValue = /(?:INSERT INTO|UPDATE|DELETE FROM) \$\{/;
    const files = globSync('{src,scripts}/**/*.ts', {
      cwd: root,
      exclude: ['**/*.spec.ts', '**/migrations/**'],
    });
    const writing = (pattern: RegExp) =>
      files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));
    const writers = [...writing(byName), ...writing(byValue).filter((file) => !writesOtherTables.has(file))];
    const named = rowsOf(section('Who writes sync_queue')).flatMap(([where = '']) => codesIn(where));
    expect(named.filter((code) => code.includes('/')).sort()).toEqual([...new Set(writers)].sort());
  });
});

it('README.md stays within a page', () => {
  expect(readFileSync(join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(120);
});

it('what Node runs as it is written, without a build, has no TypeScript that is more than types', () => {
  const files = globSync('{examples,scripts,bench,clients,simulator}/**/*.ts', {
    cwd: root,
    exclude: ['**/node_modules/**', '**/*.d.ts'],
  });
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8');
    expect(() => stripTypeScriptTypes(source)).not.toThrow();
  }
});
