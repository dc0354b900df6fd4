/** The migrated database that those of the tests are cloned from. */
export const templateDatabase = 'migrated_template';

export function urlOfDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
