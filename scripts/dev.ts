import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run dev`: the service on port 3000, compiled and started again when its sources change, and the page on
 * http://localhost:5173, reloaded when its own change. Admin links lead to the page.
 */
const root = join(import.meta.dirname, '..');
const pageUrl = 'http://localhost:5173';

function start(
  tool: string,
  toolArguments: string[],
  environment: Record<string, string> = {},
): ChildProcess {
  const child = spawn(process.execPath, [join(root, tool), ...toolArguments], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  child.once('exit', stop);
  return child;
}

const children = [
  start('node_modules/@nestjs/cli/bin/nest.js', ['start', '--watch', '--preserveWatchOutput'], {
    PUBLIC_URL: process.env.PUBLIC_URL ?? pageUrl,
  }),
  start('node_modules/vite/bin/vite.js', ['web']),
];

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', stop).on('SIGTERM', stop);
