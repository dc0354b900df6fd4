import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
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
 * @throws Error when it does not compile; the compiler has told on stderr why
 */
export async function buildIfNeeded(): Promise<void> {
  if (isFresh()) return;
  const unlock = await waitForLock();
  try {
    if (!isFresh()) build();
  } finally {
    unlock();
  }
}

function build(): void {
  process.stderr.write('Building …\n');
  const fingerprint = fingerprintOfSources();
  rmSync(stampFile, { force: true });
  run('node_modules/@nestjs/cli/bin/nest.js', ['build']);
  run('node_modules/vite/bin/vite.js', ['build', 'web', '--logLevel', 'warn']);
  writeFileSync(stampFile, fingerprint);
}

function run(tool: string, toolArguments: string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, tool), ...toolArguments], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // When a test asks for the build, the page would have the aids for its developers in it, which are a third of its
    // size.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error('The build failed');
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
