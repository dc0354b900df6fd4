import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const texts = [
  '{src,web/src,test,scripts,simulator,bench,docs,ops,clients,examples}/**/*.{ts,tsx,css,html,md}',
  'test/scim/transcripts/*.json',
  '*.{md,ts,js,cjs,json}',
  'web/*.{html,ts}',
];
const thisFile = 'test/plain-words.spec.ts';
const notOurs = new Set([thisFile, 'package-lock.json']);
/** Hebrew. */
const languageTag = "'he'";
const unwanted = /\b(?:he|him|his|himself|whoever|whom|anew|deeds?|mend(?:s|ed|ing)?)\b/iu;

it('every text and comment speaks of people as they, in words that are used today', () => {
  const files = globSync(texts, { cwd: root, exclude: ['**/node_modules/**'] });
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((file) => !notOurs.has(file))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          unwanted.test(line.replaceAll(languageTag, '')) ? [`${file}:${at + 1}: ${line.trim()}`] : [],
        ),
    );
  expect(found).toEqual([]);
});
