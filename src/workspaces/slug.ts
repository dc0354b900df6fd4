const slugLengthMaxChars = 60;
const slugWhenEmpty = 'workspace';

/** A short name for addresses and logs: lower-case ASCII letters and digits, words joined by hyphens. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugLengthMaxChars)
    .replace(/^-|-$/g, '');
  return slug === '' ? slugWhenEmpty : slug;
}
