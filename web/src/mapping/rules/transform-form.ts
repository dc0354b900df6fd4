import type { components } from '../../api/schema.d.ts';
import type { Translate } from '../../i18n.ts';

export type TransformName = components['schemas']['RuleTransformDto']['name'];

/** An argument: what it is called in the texts, and what is typed. */
export interface Argument {
  label:
    | 'find'
    | 'replaceBy'
    | 'text'
    | 'separator'
    | 'part'
    | 'value'
    | 'table'
    | 'otherwise'
    | 'template'
    | 'pattern'
    | 'group'
    | 'format'
    | 'languages';
  kind: 'text' | 'number' | 'table';
  optional?: boolean;
  placeholder?: string;
}

const text = (label: Argument['label'], placeholder?: string): Argument => ({
  label,
  kind: 'text',
  placeholder,
});

/** What each transform asks for, as the service's own list has it. */
export const transformArguments: Record<TransformName, readonly Argument[]> = {
  trim: [],
  lower: [],
  upper: [],
  titleCase: [],
  prefix: [text('text')],
  suffix: [text('text')],
  replace: [text('find'), text('replaceBy')],
  split: [text('separator', ';'), { label: 'part', kind: 'number', optional: true, placeholder: '0' }],
  first: [],
  join: [text('separator', ', ')],
  default: [text('value')],
  map: [
    { label: 'table', kind: 'table' },
    { label: 'otherwise', kind: 'text', optional: true },
  ],
  extract: [
    text('pattern', '^([A-Z]+)-'),
    { label: 'group', kind: 'number', optional: true, placeholder: '1' },
  ],
  template: [text('template', '{name.givenName} {name.familyName}')],
  onlyEmail: [],
  matchLanguage: [{ label: 'languages', kind: 'text', optional: true, placeholder: 'en, de' }],
  boolean: [],
  parseDate: [text('format', 'DD.MM.YYYY')],
};
export const transformNames = Object.keys(transformArguments) as TransformName[];

/** A transform that still asks for everything. */
export function blankTransform(name: TransformName): { name: TransformName; args: unknown[] } {
  const needed = transformArguments[name].filter(({ optional }) => optional !== true);
  return { name, args: needed.map(({ kind }) => (kind === 'table' ? {} : '')) };
}

/** Can it be tried: is everything there that it cannot do without? */
export function isReady({ name, args }: { name: string; args: readonly unknown[] }): boolean {
  return transformArguments[name as TransformName].every(
    ({ kind, optional, label }, at) =>
      optional === true || kind !== 'text' || args[at] !== '' || label === 'replaceBy',
  );
}

/** A transform in words, with what it was given: `Split at a separator: “;”, 0`. */
export function transformText(
  { name, args }: { name: string; args: readonly unknown[] },
  t: Translate,
): string {
  const words = t(`transform.${name as TransformName}`);
  const given = args.filter((arg) => arg !== null && arg !== undefined).map((arg) => argumentText(arg, t));
  return given.length > 0 ? `${words}: ${given.join(', ')}` : words;
}

function argumentText(arg: unknown, t: Translate): string {
  if (typeof arg === 'string') return t('mapping.quoted', { text: arg });
  if (typeof arg !== 'object' || arg === null) return String(arg);
  return Object.entries(arg)
    .map(([from, to]) => `${from} → ${String(to)}`)
    .join('; ');
}
