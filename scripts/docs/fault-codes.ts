import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultCodes } from '../../src/errors/fault-codes.ts';
import { en } from '../../web/src/locales/en.ts';
import { code, table } from './markdown.ts';

const source = join(import.meta.dirname, '../../src/errors/fault-codes.ts');
const words: ReadonlyMap<string, string> = new Map(Object.entries(en));

/** One table for each group of codes; the settings screen's English sentences say what a code means. */
export function faultCodesSection(): string {
  const parts: string[] = [];
  for (const [group, codes] of groups()) {
    const rows = codes.map((name) => [code(name), sentence(name)]);
    parts.push(`### ${group}`, table(['Code', 'What the settings screen says'], rows));
  }
  return parts.join('\n\n');
}

/** The codes under the comments that group them in the source. */
function groups(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let group = 'All';
  for (const line of readFileSync(source, 'utf8').split('\n')) {
    const heading = /^ {2}\/\/ (.+?)\.?$/.exec(line)?.[1];
    if (heading !== undefined) group = heading;
    const name = /^ {2}'([a-z-]+)',$/.exec(line)?.[1];
    if (name !== undefined) found.set(group, [...(found.get(group) ?? []), name]);
  }
  const read = [...found.values()].flat();
  if (read.join() !== faultCodes.join()) throw new Error(`${source} could not be read as it is written`);
  return found;
}

function sentence(name: string): string {
  const text = words.get(`fault.${name}`) ?? words.get(`fault.${name}_other`);
  if (text === undefined) throw new Error(`The settings screen has no sentence for ${name}`);
  return text.replaceAll(/\{\{(\w+)[^}]*\}\}/g, '`$1`');
}
