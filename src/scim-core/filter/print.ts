import { printName } from '../attribute-name.ts';
import type { Filter } from './filter.ts';

/** Writes a filter so that parsing it gives the same filter again. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'or':
      return `${printFilter(filter.left)} or ${inner(filter.right, ['or'])}`;
    case 'and':
      return `${inner(filter.left, ['or'])} and ${inner(filter.right, ['or', 'and'])}`;
    case 'not':
      return `not (${printFilter(filter.filter)})`;
    case 'present':
      return `${printName(filter.path)} pr`;
    case 'compare':
      return `${printName(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'some':
      return `${printName(filter.path)}[${printFilter(filter.filter)}]`;
  }
}

/** Puts parentheses where the parser, which reads from the left, would group otherwise. */
function inner(filter: Filter, kinds: readonly Filter['kind'][]): string {
  const text = printFilter(filter);
  return kinds.includes(filter.kind) ? `(${text})` : text;
}
