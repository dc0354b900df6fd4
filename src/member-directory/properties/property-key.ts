/** Longest key of a property, in characters. */
export const propertyKeyLengthMaxChars = 64;

/** What a key may look like: it stands in JSON, in `properties.<key>` and in CSV headers. */
const keyPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/u;

/** Whether the text can be a property key. Names that every JavaScript object inherits cannot, in any client. */
export function isPropertyKey(text: string): boolean {
  return keyPattern.test(text) && !(text in Object.prototype);
}

/**
 * A key made from a property's name: `Cost Center` → `cost_center`, `Büro` → `buro`. A name without a Latin letter
 * gives `property`. When the key is taken a number is appended.
 *
 * @param name the display name
 * @param taken the keys that exist
 */
export function propertyKeyOf(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/ß/gu, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^[^a-z]+|_+$/gu, '')
    .slice(0, propertyKeyLengthMaxChars - 4);
  const base = isPropertyKey(slug) ? slug : 'property';
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}_${number}`)) number++;
  return `${base}_${number}`;
}
