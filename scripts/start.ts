import { buildIfNeeded } from './build-if-needed.ts';

// In this very process, so that signals reach the service itself.
const service = new URL('../dist/src/main.js', import.meta.url);

await import(new URL('../check-node.js', import.meta.url).href);
try {
  await buildIfNeeded();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
await import(service.href);
