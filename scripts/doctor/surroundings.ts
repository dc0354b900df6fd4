import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { existsSync } from 'node:fs';
import type { Config } from '../../src/config/config.ts';
import { transportTo } from '../../src/notifications/sending/mail-transport.ts';
import { type Finding, Findings } from './finding.ts';

const answersWithinMs = 5_000;
const gigabyte = 1024 ** 3;
/** Below it, an embedded database that grows may soon have none. */
const freeMinBytes = 2 * gigabyte;

/** Room for the embedded database. An outside one has its disk elsewhere. */
export async function checkDisk(config: Config): Promise<Finding[]> {
  const found = new Findings('disk');
  if (config.databaseUrl !== null) return found.all;
  let folder = config.dataDir;
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const says = `${((bavail * bsize) / gigabyte).toFixed(1)} GB are free for DATA_DIR (${config.dataDir}).`;
  if (bavail * bsize < freeMinBytes) found.warn(says);
  else found.ok(says);
  return found.all;
}

/** Whether the mail server can be reached and takes the password. It is sent no mail. */
export async function checkMail({ mail }: Config): Promise<Finding[]> {
  const found = new Findings('mail');
  if (mail === null) {
    found.warn('SMTP_URL is not set: admins get no e-mail.');
    return found.all;
  }
  const transport = await transportTo(mail.server);
  try {
    await transport.verify();
    found.ok(`${mail.server.host} takes mail.`);
  } catch (error) {
    const { code = 'no answer' } = error as { code?: string };
    found.fail(`${mail.server.host}:${mail.server.port} does not take mail (${code}): check SMTP_URL.`);
  } finally {
    transport.close();
  }
  return found.all;
}

/** Whether the address that identity providers and browsers use fits the settings, and leads here. */
export async function checkAddress({ publicUrl, trustedProxies, host }: Config): Promise<Finding[]> {
  const found = new Findings('address');
  const url = new URL(publicUrl);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (isLocal) {
    found.warn(
      `PUBLIC_URL is ${publicUrl}: only this machine reaches it. Set it before a customer copies a tenant URL.`,
    );
    return found.all;
  }
  if (url.protocol !== 'https:')
    found.fail('PUBLIC_URL is not https: tokens and sessions would cross the network in clear.');
  const isBehindProxy = url.hostname !== host;
  if (isBehindProxy && trustedProxies === 0)
    found.warn(
      'TRUST_PROXY is 0: behind a reverse proxy, logs would name the proxy as the client. Set it to the number of proxies.',
    );
  try {
    const answer = await fetch(`${publicUrl}/health/live`, {
      signal: AbortSignal.timeout(answersWithinMs),
      redirect: 'manual',
    });
    const isOurs = answer.status === 200 && (await answer.text()).includes('"status"');
    if (isOurs) found.ok(`${publicUrl} leads to a running service.`);
    else
      found.warn(
        `${publicUrl}/health/live answers ${answer.status}: does the proxy pass on everything below it?`,
      );
  } catch {
    found.warn(`${publicUrl} does not answer from here. Start the service, or try it from outside.`);
  }
  return found.all;
}
