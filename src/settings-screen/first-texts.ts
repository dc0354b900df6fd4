import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../errors/sentence.ts';

/** What is told of a file in Vite's manifest, as far as it is read here. */
type Manifest = Readonly<Record<string, { file?: unknown } | undefined>>;

/**
 * Where the texts are without which the page can show nothing, by the manifest of the build: the page asks for them only
 * once its first script runs, a whole round trip later than it could.
 *
 * @param folder of the built page
 * @returns the file for each language, below the folder; null where the build does not say
 */
export function readFirstTexts(folder: string): (language: Language) => string | null {
  const manifest = readManifest(join(folder, '.vite/manifest.json'));
  return (language) => {
    const file = manifest[`src/locales/first-${language}.ts`]?.file;
    return typeof file === 'string' ? file : null;
  };
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    // The page works without.
    return {};
  }
}
