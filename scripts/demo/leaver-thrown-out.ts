import { join } from 'node:path';
import { type Product, startProduct } from '../../examples/host-product/start.ts';
import type { Company, Person } from '../../simulator/company.ts';
import { DemoError } from './demo-error.ts';
import { freePort } from './free-port.ts';
import type { Outcome } from './story.ts';
import { secondsSince } from './synchronization.ts';
import { done, note, step } from './terminal.ts';

const preferredPort = 4000;
const endsWithinMs = 30_000;

interface Scene {
  serviceUrl: string;
  operatorToken: string;
  dataFolder: string;
  adminEmail: string;
  outcome: Outcome;
}

/**
 * Starts the example product, signs somebody in, disables their account in the simulated Entra ID, and measures until the
 * open session has ended.
 *
 * @returns the product, which stays up
 * @throws DemoError when the session does not end
 */
export async function throwLeaverOut(scene: Scene): Promise<Product> {
  step('The product of the vendor starts beside it, and keeps a copy of the members');
  const product = await startProduct({
    port: await freePort(preferredPort),
    databaseFile: join(scene.dataFolder, 'product.sqlite'),
    serviceUrl: scene.serviceUrl,
    operatorToken: scene.operatorToken,
    workspace: scene.outcome.workspaceId,
    adminEmail: scene.adminEmail,
  });
  done(`${product.url} is open`);
  try {
    await showLeaver(product, scene.outcome);
    return product;
  } catch (error) {
    await product.stop();
    throw error;
  }
}

async function showLeaver(product: Product, { entra, company }: Outcome): Promise<void> {
  const leaver = company.people.findLast(({ accountEnabled, mail }) => accountEnabled && mail !== null);
  if (leaver?.mail == null) throw new DemoError('Nobody is left in the company.');
  step(`${leaver.displayName} signs in to the product, and leaves the company`);
  const cookie = await signIn(product, leaver.mail);
  const { isOver } = await openSession(product, cookie);
  done(`${leaver.displayName} is signed in and has a page open`);
  const startedAt = performance.now();
  await entra.incrementalCycle(company, withoutAccess(company, leaver), () => undefined);
  note(`Entra disables the account (${secondsSince(startedAt)} s)`);
  if (!(await isOver)) throw new DemoError('The session of somebody who left is still open.');
  done(`The open session ended ${secondsSince(startedAt)} s after Entra began to say so`);
}

function withoutAccess(company: Company, { objectId }: Person): Company {
  const people = company.people.map((person) =>
    person.objectId === objectId ? { ...person, accountEnabled: false } : person,
  );
  return { ...company, people };
}

async function signIn({ url }: Product, email: string): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ email }),
    redirect: 'manual',
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (response.status !== 303 || cookie === undefined) throw new DemoError(`${email} could not sign in.`);
  return cookie;
}

/** What the script of an open page does: it listens. `isOver` says whether it has heard in time that its session has ended. */
async function openSession({ url }: Product, cookie: string): Promise<{ isOver: Promise<boolean> }> {
  const response = await fetch(`${url}/session/events`, {
    headers: { cookie },
    signal: AbortSignal.timeout(endsWithinMs),
  });
  // Read from now on: the body of an answer that nobody refers to and nobody reads is cancelled by the garbage collector.
  return { isOver: hearsOfItsEnd(response) };
}

async function hearsOfItsEnd({ body }: Response): Promise<boolean> {
  if (body === null) return false;
  let heard = '';
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      heard += text;
      if (heard.includes('event: ended')) return true;
    }
  } catch {
    // The time is over, or the product has gone.
  }
  return false;
}
