/**
 * `npm run example`: the example product, and the service beside it. With SERVICE_URL and OPERATOR_TOKEN the product
 * starts beside a service that runs already.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../examples/host-product/follow-members.ts';
import { readSettings } from '../examples/host-product/settings.ts';
import { startProduct } from '../examples/host-product/start.ts';
import { freePort } from './demo/free-port.ts';
import { ServiceProcess } from './demo/service-process.ts';

const dataFolder = join(import.meta.dirname, '../.data-example');
const servicePort = 3000;
const productPort = 4000;
const tokenBytes = 32;

const stopping = new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
const service = process.env.SERVICE_URL === undefined ? await startService() : null;
try {
  const settings = readSettings({
    PRODUCT_DATABASE: join(dataFolder, 'product.sqlite'),
    PRODUCT_PORT: String(await freePort(productPort)),
    ...(service !== null && { SERVICE_URL: service.url, OPERATOR_TOKEN: readOperatorToken() }),
    ...process.env,
  });
  const product = await startProduct(settings);
  console.log(`\nThe product: ${product.url}, sign in as ${settings.adminEmail}`);
  console.log(
    `The service: ${settings.serviceUrl}\nSettings → User provisioning leads from one to the other.`,
  );
  console.log('Ctrl-C stops everything.');
  await stopping;
  await product.stop();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
} finally {
  await service?.stop();
}

async function startService(): Promise<ServiceProcess> {
  const port = await freePort(servicePort);
  const started = new ServiceProcess({ port, dataFolder, operatorToken: readOperatorToken() });
  console.log('Starting the service on its embedded PostgreSQL …');
  await started.ready();
  return started;
}

/** Made once, so that the product and its data fit together the next time. */
function readOperatorToken(): string {
  const file = join(dataFolder, 'operator-token');
  if (!existsSync(file))
    writeFileSync(file, `op_${randomBytes(tokenBytes).toString('base64url')}`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
