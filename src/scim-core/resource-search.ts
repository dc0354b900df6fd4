import { foldName } from './fold.ts';
import { isObject, own } from './resource.ts';
import { searchForms } from './search-text.ts';

/**
 * Longest text that somebody is searched by, in bytes of UTF-8: it stands in an index, whose entries may have 2,704 bytes
 * with what stands beside it.
 */
export const searchTextMaxBytes = 2_000;

/**
 * What a person or a group is searched by: user name, external id, names and addresses, one a line, folded as names are
 * compared. What does not fit is left out, addresses first.
 *
 * @param resource a SCIM resource as it came; anything that has another shape has no text
 */
export function searchTextOf(resource: unknown): string {
  const name = own(resource, 'name');
  const parts = ['givenName', 'familyName']
    .map((part) => textOf(own(name, part)))
    .filter((part) => part !== '');
  const emails = own(resource, 'emails');
  const addresses = (Array.isArray(emails) ? (emails as unknown[]) : []).map((email) =>
    isObject(email) ? own(email, 'value') : email,
  );
  const lines = [
    own(resource, 'userName'),
    own(resource, 'externalId'),
    own(resource, 'displayName'),
    parts.join(' '),
    own(name, 'formatted'),
    ...addresses,
  ];
  return withinLimit([...new Set(lines.map(textOf).filter((line) => line !== ''))]);
}

/** @returns the lines that fit, whole */
function withinLimit(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    if (Buffer.byteLength(longer) <= searchTextMaxBytes) text = longer;
  }
  return text;
}

/** `foldName`, in one line. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? foldName(value) : '';
}

/** The words of a search, each in every form in which a text of {@link searchTextOf} may hold it. */
export function searchWords(search: string): string[][] {
  return [...new Set(foldName(search).split(/\s+/u))].map(searchForms).filter((forms) => forms.length > 0);
}
