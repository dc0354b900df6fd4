import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeProcessLock } from '../src/database/embedded/process-lock.ts';

const root = join(import.meta.dirname, '..');
/** Holds the fingerprint of the sources that the build was made from. */
const stampFile = join(root, 'dist/built-from');
const sources = [
  'src/**/*.ts',
  'simulator/**/*.ts',
  'ormconfig.ts',
  'tsconfig*.json',
  'nest-cli.json',
  'package-lock.json',
  'web/index.html',
  'web/vite.config.ts',
  'web/public/*',
  'web/src/**/*.{ts,tsx,css}',
];
/** Made from the contract for the type checker alone. */
const generated = 'web/src/api/schema.d.ts';
const checkLockEveryMs = 200;

/**
 * Builds the service and its page when there is no build or the sources have changed since. Two processes do not build at
 * once.
 *
 * @throws Error when it cannot be read as TypeScript; the compiler has told on stderr why
 */
export async function buildIfNeeded(): Promise<void> {
  if (isFresh()) return;
  const unlock = await waitForLock();
  try {
    if (!isFresh()) await build();
  } finally {
    unlock();
  }
}

async function build(): Promise<void> {
  process.stderr.write('Building …\n');
  const fingerprint = fingerprintOfSources();
  rmSync(stampFile, { force: true });
  for (const file of ['src', 'simulator']) rmSync(join(root, 'dist', file), { recursive: true, force: true });
  // The files that `nest build` makes. Whether the types are right is asked by `npm run check:types`, and takes as long again.
  const compiling = run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--noCheck']);
  const bundling = run('node_modules/vite/bin/vite.js', ['build', 'web', '--logLevel', 'warn']);
  const codes = await Promise.all([compiling, bundling]);
  if (codes.some((code) => code !== 0)) throw new Error('The build failed');
  writeFileSync(stampFile, fingerprint);
}

/** @returns the exit code of a tool */
async function run(tool: string, toolArguments: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [join(root, tool), ...toolArguments], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // When a test asks for the build, the page would have the aids for its developers in it, which are a third of its
    // size.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

function isFresh(): boolean {
  if (!existsSync(stampFile)) return false;
  return readFileSync(stampFile, 'utf8') === fingerprintOfSources();
}

function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root }).filter(
    (file) => !file.endsWith('.spec.ts') && file !== generated,
  );
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function waitForLock(): Promise<() => void> {
  for (;;) {
    const unlock = await takeProcessLock(`build ${root}`);
    if (unlock !== null) return unlock;
    await sleep(checkLockEveryMs);
  }
}

if (import.meta.main) {
  await buildIfNeeded().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
