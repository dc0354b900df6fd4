import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the settings page, found upwards from this file: the sources and the build lie at different depths.
 *
 * @throws Error when the page was not shipped with the service
 */
export function settingsPageFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'web/settings');
    if (existsSync(join(candidate, 'index.html'))) return candidate;
    if (folder === dirname(folder)) throw new Error('The folder web/settings is missing beside the service');
  }
}
