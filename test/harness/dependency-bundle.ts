import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';

/** Packages with hundreds of files each. Jest isolates spec files and loads these packages again for each one. */
const bundled =
  /^(@nestjs\/|typeorm$|class-validator$|class-transformer$|rxjs$|express$|fast-check$|supertest$|ajv$|ajv-formats$)/;
/** Packages that cannot be bundled: they change globals, look for files next to their own, or are loaded by name. */
const external = /^(node:|reflect-metadata$|swagger-ui-dist|pg$|pino$)/;
const entryMark = '\0entry:';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache');
const prefix = 'spec-dependencies-';

/**
 * Bundles the large dependencies into a few files, unless that is already done, and returns the `moduleNameMapper`
 * that points jest to them. A spec file runs the same code, but jest looks up and compiles two thousand files fewer,
 * which halves the time until its service runs.
 *
 * @returns maps a pattern of imports to the bundled file
 */
export async function bundledDependencies(): Promise<Record<string, string>> {
  const specifiers = findSpecifiers();
  const folder = join(cache, `${prefix}${fingerprintOf(specifiers)}`);
  if (!existsSync(folder)) await bundle(specifiers, folder);
  return Object.fromEntries(
    specifiers.map((specifier) => [
      `^${specifier.replaceAll('.', '\\.')}$`,
      join(folder, `${nameOf(specifier)}.mjs`),
    ]),
  );
}

/** Every name under which our code imports a bundled package, so that no package is loaded twice. */
function findSpecifiers(): string[] {
  const found = new Set<string>();
  for (const file of globSync('{src,simulator,test,scripts}/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import) '([^'.][^']*)'/g)) {
      if (bundled.test(specifier)) found.add(specifier);
    }
  }
  return [...found].sort();
}

function fingerprintOf(specifiers: string[]): string {
  const hash = createHash('sha256').update(process.version).update(specifiers.join());
  for (const file of ['package-lock.json', 'test/harness/dependency-bundle.ts']) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Another run may bundle at the same time: each writes its own folder, and the first one to finish wins. */
async function bundle(specifiers: string[], folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) {
    if (old.startsWith(prefix)) rmSync(join(cache, old), { recursive: true, force: true });
  }
  const unfinished = join(cache, `unfinished-${randomUUID()}`);
  const built = await rolldown({
    cwd: root,
    platform: 'node',
    input: Object.fromEntries(specifiers.map((specifier) => [nameOf(specifier), entryMark + specifier])),
    external: (id) => external.test(id) || builtinModules.includes(id),
    // Nest looks for optional packages that we do not use, and works without them.
    onLog: () => undefined,
    plugins: [await entriesOf(specifiers)],
  });
  await built.write({
    dir: unfinished,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[hash].mjs',
  });
  await built.close();
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** One entry per package, exporting what Node itself would find in it, CommonJS included. */
async function entriesOf(specifiers: string[]): Promise<Plugin> {
  const sources = new Map<string, string>();
  for (const specifier of specifiers) {
    const names = Object.keys((await import(specifier)) as object).filter(
      (name) => name !== 'module.exports',
    );
    const lines = names.map(
      (name, at) =>
        `const v${at} = all[${JSON.stringify(name)}]; export { v${at} as ${JSON.stringify(name)} };`,
    );
    const file = fileURLToPath(import.meta.resolve(specifier));
    sources.set(
      entryMark + specifier,
      [`import * as all from ${JSON.stringify(file)};`, ...lines].join('\n'),
    );
  }
  return {
    name: 'entries',
    resolveId: (id) => (sources.has(id) ? `${id}.mjs` : null),
    load: (id) => sources.get(id.replace(/\.mjs$/, '')) ?? null,
  };
}

function nameOf(specifier: string): string {
  return specifier.replaceAll('/', '__');
}
