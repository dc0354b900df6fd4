import type { Wording } from '../../errors/sentence.ts';
import { readEmailAddress } from '../../member-directory/fields/email-address.ts';
import { compileDateFormat } from './date-format.ts';
import { compileExtract } from './extract-pattern.ts';
import { bindMatchLanguage } from './match-language.ts';
import { compileTemplate } from './template.ts';
import {
  nonEmptyText,
  perText,
  readingStep,
  type Step,
  text,
  textKinds,
  type Transform,
} from './transform.ts';
import { integerArgument, textArgument } from './transform-arguments.ts';
import { lengthOf, type Work } from '../rule/work.ts';

/** The transforms that work on each value's text. */
export const textTransforms: readonly [string, Transform][] = [
  ['trim', perText('Takes white space from both ends: " Ann " → "Ann".', [], (value) => value.trim())],
  ['lower', perText('Lower case: "ANN" → "ann".', [], (value) => value.toLowerCase())],
  ['upper', perText('Upper case: "de" → "DE".', [], (value) => value.toUpperCase())],
  [
    'titleCase',
    perText(
      'A capital at the beginning of each word: "ANN-MARIE ARCHER" → "Ann-Marie Archer".',
      [],
      titleCase,
      10,
    ),
  ],
  [
    'replace',
    perText(
      'Replaces a text wherever it occurs: replace("_", " ") makes "a_b" to "a b".',
      [nonEmptyText('search'), text('with')],
      (value, args, work) => replaceAll(value, textArgument(args, 0), textArgument(args, 1), work),
      3,
    ),
  ],
  [
    'prefix',
    perText(
      'Puts a text before the value: prefix("EMP-") makes "7" to "EMP-7".',
      [text('prefix')],
      (value, args) => textArgument(args, 0) + value,
    ),
  ],
  [
    'suffix',
    perText(
      'Puts a text after the value: suffix(" h") makes "40" to "40 h".',
      [text('suffix')],
      (value, args) => value + textArgument(args, 0),
    ),
  ],
  [
    'extract',
    {
      description:
        'Takes the part that a regular expression (RE2) finds, its first group if it has one; what does not match ' +
        'gives nothing: extract("^([A-Z]+)-") makes "DE-7" to "DE".',
      parameters: [nonEmptyText('pattern'), { name: 'group', kind: 'integer', optional: true }],
      takes: textKinds,
      gives: 'text',
      bind: bindExtract,
    },
  ],
  [
    'parseDate',
    {
      description:
        'Reads a day that is written in a format: parseDate("DD.MM.YYYY") makes "31.01.2026" to "2026-01-31".',
      parameters: [nonEmptyText('format')],
      takes: textKinds,
      gives: 'date',
      bind: bindParseDate,
    },
  ],
  [
    'boolean',
    {
      description: 'Reads yes, on, 1, true and no, off, 0, false: "Yes" → true.',
      parameters: [],
      gives: 'boolean',
      bind: () => readingStep('not-a-checkbox', toBoolean),
    },
  ],
  [
    'onlyEmail',
    {
      description:
        'Keeps only e-mail addresses: of a userName that may be one. "SMTP:ann@x.example" → "ann@x.example".',
      parameters: [],
      takes: textKinds,
      gives: 'text',
      bind: () => (values) => values.flatMap((value) => readEmailAddress(String(value)) ?? []),
    },
  ],
  [
    'matchLanguage',
    {
      description:
        'Finds the language that fits best, of the product or of a list: matchLanguage("en, de") makes "de-CH" to "de".',
      parameters: [{ name: 'languages', kind: 'text', optional: true }],
      takes: textKinds,
      gives: 'text',
      unitsPerChar: 4,
      bind: bindMatchLanguage,
    },
  ],
  [
    'template',
    {
      description:
        'A text with attributes in braces instead of the value: template("{name.givenName} {name.familyName}").',
      parameters: [nonEmptyText('template')],
      gives: 'text',
      bind: bindTemplate,
    },
  ],
];

function titleCase(value: string): string {
  return value.toLowerCase().replace(/(^|[\s\-.'’(/])(\p{Letter})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });
}

/** Many short texts can become many long ones. */
function replaceAll(value: string, search: string, by: string, work: Work): string {
  const pieces = value.split(search);
  work.spend(pieces.length * by.length);
  return pieces.join(by);
}

function toBoolean(value: string): boolean | null {
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) return true;
  return ['false', 'no', 'off', '0'].includes(word) ? false : null;
}

function bindExtract(args: readonly unknown[]): Step | { fault: Wording } {
  const compiled = compileExtract(textArgument(args, 0), integerArgument(args, 1));
  if ('fault' in compiled) return compiled;
  return (values, _resource, work) => {
    work.spend(lengthOf(values) * compiled.unitsPerChar);
    return values.map((value) => compiled.extract(String(value)) ?? '');
  };
}

function bindParseDate(args: readonly unknown[]): Step | { fault: Wording } {
  const format = textArgument(args, 0);
  const compiled = compileDateFormat(format);
  return 'fault' in compiled ? compiled : readingStep('not-a-date-of-format', compiled.read, { format });
}

function bindTemplate(args: readonly unknown[]): Step | { fault: Wording } {
  const template = compileTemplate(textArgument(args, 0));
  if ('fault' in template) return template;
  return (_values, resource, work) => {
    const filled = template.fill(resource, work);
    return filled === null ? [] : [filled];
  };
}
