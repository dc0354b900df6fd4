import { isEmailAddress } from '../member-directory/email-address.ts';
import { foldCase } from '../scim-core/fold.ts';
import type { ScimResource } from '../scim-core/resource.ts';
import { compileTemplate } from './template.ts';
import { argumentFault, integerArgument, type Parameter, textArgument } from './transform-arguments.ts';

/** A single value on its way from the source to the target. */
export type Scalar = string | number | boolean;

/** One step, its arguments bound: values in, values out. Never throws; time linear in the size of its input. */
export type Step = (values: readonly Scalar[], resource: ScimResource) => readonly Scalar[];

/** One kind of step. Values come as a list, since an attribute may have several; none is the empty list. */
interface Transform {
  /** What it does, with an example. */
  description: string;
  parameters: readonly Parameter[];
  /** Binds arguments that fit the parameters. @returns the step, or what else is wrong with the arguments */
  bind(args: readonly unknown[]): Step | { fault: string };
}

const text = (name: string): Parameter => ({ name, kind: 'text' });
const nonEmptyText = (name: string): Parameter => ({ name, kind: 'nonEmptyText' });

/** A transform that does the same to every value's text. */
function perText(
  description: string,
  parameters: readonly Parameter[],
  change: (value: string, args: readonly unknown[]) => Scalar,
): Transform {
  return {
    description,
    parameters,
    bind: (args) => (values) => values.map((value) => change(String(value), args)),
  };
}

/** Every transform by its name in the HTTP contract. */
const transforms: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ['trim', perText('Takes white space from both ends: " Ann " → "Ann".', [], (value) => value.trim())],
  ['lower', perText('Lower case: "ANN" → "ann".', [], (value) => value.toLowerCase())],
  ['upper', perText('Upper case: "de" → "DE".', [], (value) => value.toUpperCase())],
  [
    'replace',
    perText(
      'Replaces a text wherever it occurs: replace("_", " ") makes "a_b" to "a b".',
      [nonEmptyText('search'), text('with')],
      (value, args) => value.split(textArgument(args, 0)).join(textArgument(args, 1)),
    ),
  ],
  [
    'prefix',
    perText(
      'Puts a text before the value: prefix("EMP-") makes "7" to "EMP-7".',
      [text('prefix')],
      (value, args) => {
        return textArgument(args, 0) + value;
      },
    ),
  ],
  [
    'suffix',
    perText(
      'Puts a text after the value: suffix(" h") makes "40" to "40 h".',
      [text('suffix')],
      (value, args) => {
        return value + textArgument(args, 0);
      },
    ),
  ],
  ['boolean', perText('Reads yes, on, 1, true and no, off, 0, false: "Yes" → true.', [], toBoolean)],
  [
    'split',
    {
      description:
        'Splits at a separator, and takes one part by its index from 0, or from -1 backwards, or all.',
      parameters: [nonEmptyText('separator'), { name: 'index', kind: 'integer', optional: true }],
      bind: (args) => (values) => values.flatMap((value) => split(String(value), args)),
    },
  ],
  [
    'first',
    {
      description: 'Keeps the first of several values.',
      parameters: [],
      bind: () => (values) => values.slice(0, 1),
    },
  ],
  [
    'join',
    {
      description: 'Makes one text of several values: join(", ") makes "a" and "b" to "a, b".',
      parameters: [text('separator')],
      bind: (args) => (values) => (values.length === 0 ? values : [values.join(textArgument(args, 0))]),
    },
  ],
  [
    'default',
    {
      description: 'Gives a value where there is none: default("Unknown").',
      parameters: [nonEmptyText('value')],
      bind: (args) => (values) => (values.length === 0 ? [textArgument(args, 0)] : values),
    },
  ],
  [
    'map',
    {
      description:
        'Translates by a table, whatever the case; what it lacks becomes the second argument, or stays.',
      parameters: [
        { name: 'table', kind: 'table' },
        { name: 'otherwise', kind: 'text', optional: true },
      ],
      bind: bindMap,
    },
  ],
  [
    'onlyEmail',
    {
      description: 'Keeps only e-mail addresses: of a userName that may be one.',
      parameters: [],
      bind: () => (values) => values.filter((value) => isEmailAddress(String(value).trim())),
    },
  ],
  [
    'template',
    {
      description:
        'A text with attributes in braces instead of the value: template("{name.givenName} {name.familyName}").',
      parameters: [nonEmptyText('template')],
      bind: bindTemplate,
    },
  ],
]);

/** The names of all transforms. */
export const transformNames: readonly string[] = [...transforms.keys()];

/**
 * Binds the arguments of a transform.
 *
 * @returns the step, or a sentence that says what is wrong with the name or the arguments
 */
export function compileTransform(name: string, args: readonly unknown[]): { step: Step } | { fault: string } {
  const transform = transforms.get(name);
  if (!transform) return { fault: `is no transform: there are ${transformNames.join(', ')}` };
  const fault = argumentFault(transform.parameters, args);
  if (fault !== null) return { fault: `${name} ${fault}` };
  const step = transform.bind(args);
  return typeof step === 'function' ? { step } : { fault: `${name} ${step.fault}` };
}

function toBoolean(value: string): Scalar {
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) return true;
  return ['false', 'no', 'off', '0'].includes(word) ? false : value;
}

function split(value: string, args: readonly unknown[]): string[] {
  const parts = value.split(textArgument(args, 0)).map((part) => part.trim());
  const index = integerArgument(args, 1);
  if (index === undefined) return parts.filter((part) => part !== '');
  const part = parts.at(index);
  return part === undefined || part === '' ? [] : [part];
}

function bindMap(args: readonly unknown[]): Step {
  const table = new Map(
    Object.entries(args[0] as Record<string, string>).map(([from, to]) => [foldCase(from.trim()), to]),
  );
  const otherwise = typeof args[1] === 'string' ? args[1] : undefined;
  return (values) => values.map((value) => table.get(foldCase(String(value).trim())) ?? otherwise ?? value);
}

function bindTemplate(args: readonly unknown[]): Step | { fault: string } {
  const template = compileTemplate(textArgument(args, 0));
  if ('fault' in template) return template;
  return (_values, resource) => {
    const filled = template.fill(resource);
    return filled === null ? [] : [filled];
  };
}
