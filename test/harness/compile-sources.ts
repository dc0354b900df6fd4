import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import { swcOptions } from './swc-options.ts';

const root = join(import.meta.dirname, '../..');
const ours = ['src/', 'test/harness/'].map((folder) => pathToFileURL(join(root, folder)).href);
const cache = join(root, 'node_modules/.cache/compiled-sources');
/** The service has about 600 files; each change of one adds another. */
const keptFilesMax = 5_000;

/** From here on, Node compiles the TypeScript of the service as jest does; it knows no decorators by itself. */
export function compileSources(): void {
  mkdirSync(cache, { recursive: true });
  const kept = readdirSync(cache);
  if (kept.length > keptFilesMax) for (const file of kept) rmSync(join(cache, file), { force: true });
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.ts') || !ours.some((folder) => url.startsWith(folder)))
        return nextLoad(url, context);
      return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
    },
  });
}

/** The file as JavaScript; what was compiled once is kept by its content. */
function compiled(file: string): string {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify(swcOptions))
    .update(file)
    .update(source)
    .digest('hex');
  const kept = join(cache, `${key}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    // Nobody compiled this one before.
  }
  const { code } = transformSync(source, { ...swcOptions, filename: file, swcrc: false, configFile: false });
  // Another worker may compile the same file: each of them renames a whole one into its place.
  const unfinished = join(cache, randomUUID());
  writeFileSync(unfinished, code);
  renameSync(unfinished, kept);
  return code;
}
