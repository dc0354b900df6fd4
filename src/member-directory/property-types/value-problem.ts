import type { ValueProblem } from './property-type.ts';

const sentences: Record<string, (params: Record<string, unknown>) => string> = {
  'not-a-text': () => 'must be a text',
  'not-storable': () => 'holds a character that cannot be stored (NUL or half a surrogate pair)',
  'too-long': ({ lengthMaxChars }) => `must be at most ${String(lengthMaxChars)} characters long`,
  'not-a-number': () => 'must be a number, with a point before the decimals',
  'not-a-checkbox': () => 'must be true or false',
  'not-a-date': () => 'must be a day, YYYY-MM-DD',
  'not-a-date-of-format': ({ format }) => `must be a day written as ${String(format)}`,
  'step-failed': ({ step }) => `could not be read by the step ${String(step)}`,
  'too-many-options': ({ optionsMax }) =>
    `would be a new option, and the property has the most it can have: ${String(optionsMax)}`,
  'not-a-member-id': () => 'must be the id of a member',
  'not-a-web-address': () => 'must be a web address that begins with https:// or http://',
  'not-an-email-address': () => 'must be an e-mail address',
  'not-a-phone-number': () => 'must be a phone number',
  'not-a-language': () => 'must be a language such as en or de-DE',
  'unknown-option': ({ value }) => `is no option of this property: ${String(value)}`,
  'too-many-values': ({ valuesMax }) => `must be at most ${String(valuesMax)} values`,
  'not-a-single-value': () => 'must be a single value, not a list or an object',
};

/** A sentence about a problem, without its subject: `must be a number, …`. */
export function problemText(problem: ValueProblem): string {
  return sentences[problem.code]?.(problem.params) ?? `is not valid (${problem.code})`;
}
