import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './page.ts';

const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** The rows of the table below a heading, each as its cells, without the head. */
function rowsOf(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [body = ''] = section.split('\n## ');
  return body
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

/** A test, a script that has one, or a command of package.json. */
function exists(code: string): boolean {
  const [, script] = /^npm run ([\w:-]+)$/.exec(code) ?? [];
  if (script !== undefined) return script in scripts;
  return /^(?:test|src|scripts)\/.*\.ts$/.test(code) && globSync(code, { cwd: root }).length > 0;
}

describe('SECURITY.md', () => {
  it('names for each promise at least one test that exists', () => {
    const rows = rowsOf('What holds today');
    expect(rows.length).toBeGreaterThan(40);
    const unshown = rows.filter(([, shown = '']) => {
      const codes = codesIn(shown);
      return codes.length === 0 || !codes.every(exists);
    });
    expect(unshown).toEqual([]);
  });

  it('names for each finding a test that exists under this name', () => {
    const rows = rowsOf('What attacks and faults have found');
    expect(rows.length).toBeGreaterThan(50);
    const lost = rows.filter(([, file = '', name = '']) => {
      const path = join(root, codesIn(file)[0] ?? '');
      const text = existsSync(path) ? readFileSync(path, 'utf8').replaceAll("\\'", "'") : '';
      return !["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
    });
    expect(lost).toEqual([]);
  });

  it('names for each item of the level a test that exists, or says that it is not here', () => {
    const rows = rowsOf('OWASP ASVS 4.0.3, level 2');
    expect(rows.length).toBeGreaterThan(10);
    const unshown = rows.filter(([, , state = '']) => {
      const codes = codesIn(state).filter((code) => /\.ts$|^npm run /.test(code));
      return codes.length === 0 ? !/^Not here: |^The promises /.test(state) : !codes.every(exists);
    });
    expect(unshown).toEqual([]);
  });
});
