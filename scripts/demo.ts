/**
 * `npm run demo`: starts the service on an embedded PostgreSQL with fresh data, tells its main story over HTTP, and
 * stays up for trying. `--once` ends after the story. `DEMO_DATABASE_URL` names another database, which must be empty. Exit
 * code 0 when the story went well.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freshDataFolder, noteProcesses } from './demo/data-folder.ts';
import { DemoError } from './demo/demo-error.ts';
import { freePort } from './demo/free-port.ts';
import { ProductApi } from './demo/product-api.ts';
import { ServiceProcess } from './demo/service-process.ts';
import { adminEmail, tellStory } from './demo/story.ts';
import { secondsSince } from './demo/synchronization.ts';
import { done, note, step, style } from './demo/terminal.ts';
import { showWhatNext } from './demo/what-next.ts';
import { throwLeaverOut } from './demo/leaver-thrown-out.ts';
import type { Product } from '../examples/host-product/start.ts';

const dataFolder = join(import.meta.dirname, '../.data-demo');
const preferredPort = Number(process.env.PORT || 3000);
const parentWatchMs = 500;
const operatorTokenBytes = 32;
const portMax = 65_535;
const exitUsage = 2;
/** As a shell reports a program that was interrupted. */
const exitInterrupted = 130;
let storyTold = false;
let product: Product | null = null;

/** Aborted when somebody asks the demo to stop. */
const stopRequest = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopRequest.abort());
// A reader that has gone away (`npm run demo | head`) is no reason to leave the service behind.
process.stdout.on('error', () => stopRequest.abort());
watchParent();

// A cycle that was interrupted may still be waiting to repeat a request: the process does not wait for it.
process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const once = args.includes('--once');
  const unknown = args.filter((arg) => arg !== '--once');
  const portFits = Number.isInteger(preferredPort) && preferredPort > 0 && preferredPort <= portMax;
  if (unknown.length > 0 || !portFits) {
    process.stderr.write(`Usage: npm run demo [-- --once]; PORT, when set, must be from 1 to ${portMax}.\n`);
    return exitUsage;
  }
  let service: ServiceProcess | null = null;
  try {
    const operatorToken = `op_${randomBytes(operatorTokenBytes).toString('base64url')}`;
    const databaseUrl = process.env.DEMO_DATABASE_URL ?? null;
    const place =
      databaseUrl === null ? 'its embedded PostgreSQL, with fresh data' : 'the database of DEMO_DATABASE_URL';
    step(`Start the service on ${place}`);
    await freshDataFolder(dataFolder);
    service = new ServiceProcess({ port: await choosePort(), dataFolder, operatorToken, databaseUrl });
    await noteProcesses(dataFolder, service.pid);
    const outcome = await Promise.race([play(service, operatorToken, once), service.ended(), stopped()]);
    if (outcome !== 'told' && outcome !== 'stopped') throw new DemoError(outcome);
    return storyTold ? 0 : exitInterrupted;
  } catch (error) {
    report(error, service);
    return 1;
  } finally {
    if (service !== null) await stop(service);
  }
}

async function choosePort(): Promise<number> {
  const port = await freePort(preferredPort);
  if (port !== preferredPort) note(`Port ${preferredPort} is taken; using ${port}.`);
  return port;
}

function stopped(): Promise<'stopped'> {
  return new Promise((tell) => {
    stopRequest.signal.addEventListener('abort', () => tell('stopped'));
    if (stopRequest.signal.aborted) tell('stopped');
  });
}

async function play(service: ServiceProcess, operatorToken: string, once: boolean): Promise<'told'> {
  const startedAt = performance.now();
  await service.ready();
  done(`${service.url} is ready after ${secondsSince(startedAt)} s; data in ${dataFolder}`);
  const operator = new ProductApi(service.url, operatorToken);
  const outcome = await tellStory(service.url, operator);
  product = await throwLeaverOut({ serviceUrl: service.url, operatorToken, dataFolder, adminEmail, outcome });
  storyTold = true;
  if (once) return 'told';
  const link = await operator.createAdminLink(outcome.workspaceId, adminEmail);
  const { tenantUrl } = await new ProductApi(service.url, outcome.sessionToken).overview();
  showWhatNext(service.url, outcome, { tenantUrl, link, dataFolder, operatorToken, productUrl: product.url });
  return new Promise(() => {});
}

async function stop(service: ServiceProcess): Promise<void> {
  if (stopRequest.signal.aborted) process.stdout.write('\nStopping the service …\n');
  await product?.stop();
  await service.stop();
}

function report(error: unknown, service: ServiceProcess | null): void {
  const message = error instanceof DemoError ? error.message : String((error as Error).stack ?? error);
  process.stderr.write(`\n${style('red', '✗')} ${message}\n`);
  if (service === null || service.lastLines.length === 0) return;
  process.stderr.write(
    `\nThe service said last:\n${service.lastLines.map((text) => `  ${text}`).join('\n')}\n`,
  );
}

/** npm does not pass SIGTERM through its shell: when that shell is gone, the demo stops too. */
function watchParent(): void {
  if (process.env.npm_lifecycle_event !== 'demo') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stopRequest.abort();
  }, parentWatchMs).unref();
}
