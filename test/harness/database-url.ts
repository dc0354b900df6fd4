/** The migrated database that those of the tests are cloned from. */
export const templateDatabase = 'migrated_template';

/** The tests bring it themselves where the server is older than PostgreSQL 18. */
export const functionOfTests = 'uuidv7';

export function urlOfDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
