import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the built settings page, found upwards from this file: the sources and the build lie at different depths.
 */
export function settingsPageFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const root = existsSync(join(folder, 'package.json'));
    if (root || folder === dirname(folder)) return join(folder, 'dist/web');
  }
}
