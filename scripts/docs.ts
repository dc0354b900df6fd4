import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { configurationSection } from './docs/configuration.ts';
import { findingsSection } from './docs/findings.ts';
import { faultCodesSection } from './docs/fault-codes.ts';
import { httpApiSection } from './docs/http-api.ts';
import { limitsSection } from './docs/limits.ts';

const root = join(import.meta.dirname, '..');
const beginMark = '<!-- generated: `npm run docs` writes what follows -->';
const endMark = '<!-- end of what is generated -->';

const sections = {
  'docs/reference/configuration.md': configurationSection,
  'docs/reference/limits.md': limitsSection,
  'docs/reference/fault-codes.md': faultCodesSection,
  'docs/reference/findings.md': findingsSection,
  'docs/reference/http-api.md': httpApiSection,
};

/**
 * `npm run docs` writes the parts of the reference that come from the code; `--check` only compares, and fails when a
 * page differs.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const outdated: string[] = [];

for (const [page, section] of Object.entries(sections)) {
  const file = join(root, page);
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(beginMark);
  const [, after] = rest?.split(endMark) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`${page} lacks the marks of its generated part`);
  const whole = `${before}${beginMark}\n\n${await section()}\n\n${endMark}${after}`;
  const tidy = await format(whole, { ...(await resolveConfig(file)), filepath: file });
  if (tidy === text) continue;
  outdated.push(page);
  if (!values.check) writeFileSync(file, tidy);
}

if (outdated.length > 0) {
  process.stdout.write(
    `${values.check ? 'Outdated, run `npm run docs`' : 'Written'}: ${outdated.join(', ')}\n`,
  );
  if (values.check) process.exitCode = 1;
}
