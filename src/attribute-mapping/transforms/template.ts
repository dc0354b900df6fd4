import { textOf } from '../../member-directory/properties/property-types/property-type.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { Wording } from '../../errors/sentence.ts';
import { ruleFault } from '../rule/rule-faults.ts';
import { compileSource, type ReadSource } from '../rule/source.ts';
import type { Work } from '../rule/work.ts';

/** A text with attribute paths in braces, ready to be filled: `{name.givenName} {name.familyName}`. */
type TemplatePart = string | ReadSource;

/**
 * Makes a template of its text.
 *
 * @returns what fills it from a person, or what is wrong with it. Filling gives null when no attribute
 *   has a value; the gaps of those that have none are closed.
 */
export function compileTemplate(
  text: string,
): { fill: (resource: ScimResource, work: Work) => string | null } | { fault: Wording } {
  const parts: TemplatePart[] = [];
  for (const [index, piece] of splitTemplate(text).entries()) {
    if (index % 2 === 0) {
      if (/[{}]/u.test(piece)) return { fault: ruleFault('single-brace') };
      parts.push(piece);
      continue;
    }
    const source = compileSource(piece);
    if ('fault' in source) return { fault: ruleFault('no-attribute-in-braces', { path: piece }) };
    parts.push(source.read);
  }
  if (parts.length === 1) return { fault: ruleFault('no-braces') };
  return { fill: (resource, work) => fill(parts, resource, work) };
}

/** The attribute paths in the braces of a template. */
export function pathsOfTemplate(text: string): string[] {
  return splitTemplate(text).filter((_, index) => index % 2 === 1);
}

/** With a group in the separator, split gives literals and paths in turn. */
function splitTemplate(text: string): string[] {
  return text.split(/\{([^{}]*)\}/u);
}

function fill(parts: readonly TemplatePart[], resource: ScimResource, work: Work): string | null {
  let isEmpty = true;
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const text = textOf(part(resource, work)[0]);
    if (text === null) return '';
    work.spend(text.length);
    isEmpty = false;
    return text;
  });
  if (isEmpty) return null;
  const filled = texts.join('');
  return (filled.includes('  ') ? filled.replace(/ {2,}/gu, ' ') : filled).trim();
}
