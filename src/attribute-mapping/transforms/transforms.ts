import type { Wording } from '../../errors/sentence.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { kindFault, ruleFault } from '../rule/rule-faults.ts';
import { textTransforms } from './text-transforms.ts';
import { nonEmptyText, type Scalar, type Step, text, textKinds, type Transform } from './transform.ts';
import { argumentFault, integerArgument, type Parameter, textArgument } from './transform-arguments.ts';
import type { ValueKind } from '../../member-directory/properties/property-types/value-kind.ts';
import { lengthOf, unitsPerValue } from '../rule/work.ts';

/** Every transform by its name in the HTTP contract. */
const transforms: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ...textTransforms,
  [
    'split',
    {
      description:
        'Splits at a separator, and takes one part by its index from 0, or from -1 backwards, or all: ' +
        'split(";", 0) makes "a; b" to "a".',
      parameters: [nonEmptyText('separator'), { name: 'index', kind: 'integer', optional: true }],
      takes: textKinds,
      gives: 'text',
      unitsPerChar: 5,
      bind: (args) => (values) => values.flatMap((value) => split(String(value), args)),
    },
  ],
  [
    'first',
    {
      description: 'Keeps the first of several values: "a" and "b" → "a".',
      parameters: [],
      gives: 'same',
      bind: () => (values) => values.slice(0, 1),
    },
  ],
  [
    'join',
    {
      description: 'Makes one text of several values: join(", ") makes "a" and "b" to "a, b".',
      parameters: [text('separator')],
      gives: 'text',
      bind: (args) => (values, _resource, work) => {
        work.spend(values.length * textArgument(args, 0).length);
        return values.length === 0 ? values : [values.join(textArgument(args, 0))];
      },
    },
  ],
  [
    'default',
    {
      description: 'Gives a value where there is none: default("Unknown").',
      parameters: [nonEmptyText('value')],
      gives: 'any',
      bind: (args) => (values) => (values.length === 0 ? [textArgument(args, 0)] : values),
    },
  ],
  [
    'map',
    {
      description:
        'Translates by a table, whatever the case; what it lacks becomes the second argument, or stays: ' +
        'map({"DE": "Germany"}) makes "de" to "Germany".',
      parameters: [
        { name: 'table', kind: 'table' },
        { name: 'otherwise', kind: 'text', optional: true },
      ],
      gives: 'any',
      unitsPerChar: 4,
      bind: bindMap,
    },
  ],
]);

/** The names of all transforms. */
export const transformNames: readonly string[] = [...transforms.keys()];

/** A transform as it is described to somebody who writes a rule. */
export interface TransformDescription {
  name: string;
  description: string;
  parameters: readonly Parameter[];
}

/** All transforms, each with an example. */
export function describeTransforms(): TransformDescription[] {
  return [...transforms].map(([name, { description, parameters }]) => ({ name, description, parameters }));
}

/**
 * Binds the arguments of a transform.
 *
 * @param kind the kind of values that come in
 * @param productLanguages the languages of the product; none: every language
 * @returns the step and the kind that it gives, or what is wrong with the name, the arguments or
 *   the place in the chain
 */
export function compileTransform(
  name: string,
  args: readonly unknown[],
  kind: ValueKind = 'any',
  productLanguages: readonly string[] = [],
): { step: Step; gives: ValueKind } | { fault: Wording } {
  const transform = transforms.get(name);
  if (!transform) return { fault: ruleFault('no-transform', { transforms: transformNames.join(', ') }) };
  const fault = argumentFault(transform.parameters, args);
  if (fault !== null) return { fault: ofTransform(name, fault) };
  if (transform.takes?.includes(kind) === false) {
    return { fault: kindFault('texts-only', kind, { transform: name }) };
  }
  const step = transform.bind(args, productLanguages);
  if (typeof step !== 'function') return { fault: ofTransform(name, step.fault) };
  const { gives, unitsPerChar = 1 } = transform;
  return { step: counted(step, unitsPerChar), gives: gives === 'same' ? kind : gives };
}

/** The step, which says first what reading its values costs. */
function counted(step: Step, unitsPerChar: number): Step {
  return (values, resource, work) => {
    work.spend(values.length * unitsPerValue + lengthOf(values) * unitsPerChar);
    return step(values, resource, work);
  };
}

function ofTransform(transform: string, fault: Wording): Wording {
  return { ...fault, params: { transform, ...fault.params } };
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
  return (values: readonly Scalar[]) =>
    values.map((value) => table.get(foldCase(String(value).trim())) ?? otherwise ?? value);
}
