import { readEmailAddress } from '../../fields/email-address.ts';
import { isStorable } from '../../../scim-core/storable-text.ts';
import { cleanLine, cleanText } from '../../../scim-core/visible-text.ts';
import { type ParsedValue, problem, type PropertyType, textOf } from './property-type.ts';

/** Longest value of a text property and of its relatives, in UTF-16 units. */
export const textLengthMaxChars = 1_000;
/** Longest value of a long text property, in UTF-16 units. */
export const longTextLengthMaxChars = 10_000;
/** Longest URL, in UTF-16 units: what browsers and proxies carry. */
export const urlLengthMaxChars = 2_000;

/** A text that can be stored and is not too long, or the problem. */
export function parseText(raw: unknown, lengthMaxChars: number): ParsedValue<string> {
  const text = textOf(raw);
  if (text === null) return problem('not-a-text', raw);
  if (text.length > lengthMaxChars) return problem('too-long', raw, { lengthMaxChars });
  return isStorable(text) ? { value: text } : problem('not-storable', raw);
}

/** The same as one line that people can see whole, or the problem: see {@link cleanLine}. */
export function parseLine(raw: unknown, lengthMaxChars: number): ParsedValue<string> {
  const parsed = parseText(raw, lengthMaxChars);
  return 'problem' in parsed ? parsed : { value: cleanLine(parsed.value) };
}

/** The e-mail address that a value holds, see {@link readEmailAddress}, or the problem. */
export function parseEmailAddress(raw: unknown, lengthMaxChars: number): ParsedValue<string> {
  const parsed = parseText(raw, lengthMaxChars);
  if ('problem' in parsed) return parsed;
  const address = readEmailAddress(parsed.value);
  return address === null ? problem('not-an-email-address', raw) : { value: address };
}

/** A line that also passes `accept`, or the problem `code`. */
function parseChecked(
  raw: unknown,
  lengthMaxChars: number,
  accept: (text: string) => boolean,
  code: string,
): ParsedValue {
  const parsed = parseLine(raw, lengthMaxChars);
  return 'problem' in parsed || accept(parsed.value) ? parsed : problem(code, raw);
}

/** Only web addresses: `javascript:` and `data:` would run in the page that shows them. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

function isPhoneNumber(text: string): boolean {
  return /^[+\d(][\d\s()./;=extp-]{1,48}$/iu.test(text) && /\d{2}/u.test(text);
}

const single = { hasOptions: false, multiValued: false };

export const text: PropertyType = {
  ...single,
  name: 'text',
  title: { en: 'text', de: 'Text' },
  joinsValues: true,
  parse: (raw) => parseLine(raw, textLengthMaxChars),
};

export const longText: PropertyType = {
  ...single,
  name: 'long_text',
  title: { en: 'long text', de: 'langer Text' },
  joinsValues: true,
  parse(raw) {
    const parsed = parseText(raw, longTextLengthMaxChars);
    return 'problem' in parsed ? parsed : { value: cleanText(parsed.value) };
  },
};

export const url: PropertyType = {
  ...single,
  name: 'url',
  title: { en: 'web address', de: 'Webadresse' },
  takes: ['any', 'text'],
  problems: {
    'not-a-web-address': {
      en: 'must be a web address that begins with https:// or http://',
      de: 'muss eine Webadresse sein, die mit https:// oder http:// beginnt',
    },
  },
  parse: (raw) => parseChecked(raw, urlLengthMaxChars, isWebAddress, 'not-a-web-address'),
};

export const email: PropertyType = {
  ...single,
  name: 'email',
  title: { en: 'e-mail', de: 'E-Mail' },
  takes: ['any', 'text'],
  problems: {
    'not-an-email-address': { en: 'must be an e-mail address', de: 'muss eine E-Mail-Adresse sein' },
  },
  parse: (raw) => parseEmailAddress(raw, textLengthMaxChars),
};

/**
 * Numbers are kept as written: identity providers format them in every way (RFC 3966 is a "should"). Only the `tel:` of
 * a link goes, which is no part of the number; an extension (`;ext=42`) is.
 */
export const phone: PropertyType = {
  ...single,
  name: 'phone',
  title: { en: 'phone', de: 'Telefon' },
  takes: ['any', 'text', 'number'],
  problems: {
    'not-a-phone-number': { en: 'must be a phone number', de: 'muss eine Telefonnummer sein' },
  },
  parse(raw) {
    const parsed = parseLine(raw, textLengthMaxChars);
    if ('problem' in parsed) return parsed;
    const number = parsed.value.replace(/^tel:\s*/iu, '');
    return isPhoneNumber(number) ? { value: number } : problem('not-a-phone-number', raw);
  },
};
