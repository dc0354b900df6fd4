import { hasText, type Translate } from '../../i18n.ts';

/** Parts of a value that are the value itself. */
const wholes: ReadonlySet<string> = new Set(['value', 'display', 'formatted', 'displayName']);

/** An attribute in the admin's words; one that nobody has a word for by the end of its SCIM path. */
export function attributeName(path: string, t: Translate): string {
  return wordOf(path.split(/[:.]/).at(-1) ?? path, t);
}

/** An attribute of the identity provider as a heading of a row: “Job title”, not `title`. */
export function attributeHeading(path: string, t: Translate): string {
  if (path === 'managerId' || path === 'status') return t(`field.${path}`);
  return heading(attributeName(path, t));
}

/**
 * An attribute path as a rule has it, in the admin's words: “E-mail address (work)” for
 * `emails[type eq "work"].value`, “First name” for `name.givenName`.
 */
export function pathWords(path: string, t: Translate): string {
  const [, base = path, filter, part] =
    /^(?:.*:)?([\w$-]+)(?:\[(.*)\])?(?:\.([\w$-]+))?$/u.exec(path.trim()) ?? [];
  const which = filter === undefined ? '' : ` (${filterWords(filter, t)})`;
  if (part === undefined || (wholes.has(part) && base !== 'name')) return heading(wordOf(base, t)) + which;
  if (base === 'name') return heading(wordOf(part, t));
  return `${heading(wordOf(base, t))}${which}: ${wordOf(part, t)}`;
}

/** {@link pathWords} of an attribute that there is a word for; null for any other. */
export function knownPathWords(path: string, t: Translate): string | null {
  const [, base = ''] = /^(?:.*:)?([\w$-]+)/u.exec(path.trim()) ?? [];
  return hasText(`scim.${base}`) ? pathWords(path, t) : null;
}

function filterWords(filter: string, t: Translate): string {
  if (/^primary eq true$/iu.test(filter.trim())) return t('scim.primary');
  const [, type] = /^type eq "([^"]*)"$/iu.exec(filter.trim()) ?? [];
  return type === undefined ? filter : wordOf(`type-${type}`, t, type);
}

function wordOf(name: string, t: Translate, otherwise = name): string {
  const key = `scim.${name}` as 'scim.title';
  return hasText(key) ? t(key) : otherwise;
}

/** With a capital letter, and without those inside of a name that has no word. */
function heading(name: string): string {
  const spaced = name.replace(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
