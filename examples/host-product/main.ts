import { messageOf } from './follow-members.ts';
import { readSettings } from './settings.ts';
import { type Product, startProduct } from './start.ts';

const settings = readSettings(process.env);
const product = await startProduct(settings).catch((error: unknown): null => {
  console.error(`The product cannot start beside ${settings.serviceUrl}: ${messageOf(error)}`);
  process.exitCode = 1;
  return null;
});
if (product !== null) await serve(product);

async function serve(running: Product): Promise<void> {
  console.log(`The example product runs on ${running.url}. Sign in as ${settings.adminEmail}.`);
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await running.stop();
}
