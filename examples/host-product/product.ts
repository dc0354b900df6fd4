import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { verifyWebhook, WebhookRefused } from '../../clients/node/src/index.ts';
import { endAccessByWebhook, messageOf } from './follow-members.ts';
import { faultPage, membersPage, sessionScript, signedOutPage, signInPage, style } from './pages.ts';
import type { ProductParts } from './product-parts.ts';
import { addProvisioningPages } from './provisioning-pages.ts';
import { beginSession, endSession, findSession, type SignedIn } from './sessions.ts';
import { mayComeIn } from './sign-in.ts';

const cookieName = 'session';
const webhookMaxBytes = '1mb';

/** The product over HTTP. */
export function productApp(parts: ProductParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set({
      'content-security-policy':
        `default-src 'none'; style-src 'self'; script-src 'self' ${parts.serviceUrl}; connect-src 'self'; ` +
        `frame-src ${parts.serviceUrl}`,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    next();
  });
  // The signature is that of the body as it comes, so that nothing may read it before.
  app.post('/webhooks', express.raw({ type: () => true, limit: webhookMaxBytes }), receiveWebhook(parts));
  app.use(express.urlencoded({ extended: false }), refuseForeignForms);
  addOpenPages(app, parts);
  // Everything after this is for people who are signed in, which is looked up with every request.
  app.use((request, response, next) => {
    const who = findSession(parts.database, tokenOf(request));
    if (who === null)
      return void response.redirect(303, tokenOf(request) === '' ? '/sign-in' : '/signed-out');
    response.locals.who = who;
    next();
  });
  addPages(app, parts);
  app.use((_request, response) => {
    const text = 'The address is wrong, or the page has moved.';
    response.status(404).send(faultPage('There is no such page', text, whoOf(response)));
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    console.error(messageOf(error));
    response.status(503).send(faultPage('That did not work', 'Please try again in a moment.', null));
  });
  return app;
}

/** What everybody may see. */
function addOpenPages(app: Express, parts: ProductParts): void {
  const { client, database, live, workspaceId, signIn } = parts;
  // Anybody may see the public keys; the service reads them here.
  app.get('/.well-known/jwks.json', async (_request, response) => {
    response.json(await signIn.publishedKeys());
  });
  app.get('/style.css', (_request, response) => void response.type('css').send(style));
  app.get('/session.js', (_request, response) => void response.type('js').send(sessionScript));
  // Open to all: a page whose session ended before it could listen hears so here, too.
  app.get('/session/events', (request, response) => live.add(tokenOf(request), response));
  app.get('/sign-in', (_request, response) => void response.send(signInPage(null)));
  app.get('/signed-out', (_request, response) => void response.clearCookie(cookieName).send(signedOutPage()));
  app.post('/sign-in', async (request, response) => {
    const { email = '' } = request.body as { email?: string };
    const outcome = await mayComeIn(client, database, workspaceId, email);
    if ('fault' in outcome) return void response.status(403).send(signInPage(outcome.fault, email));
    const token = beginSession(database, workspaceId, outcome.memberId);
    response.cookie(cookieName, token, { httpOnly: true, sameSite: 'lax' }).redirect(303, '/members');
  });
  app.post('/sign-out', (request, response) => {
    endSession(database, tokenOf(request));
    live.check();
    response.clearCookie(cookieName).redirect(303, '/sign-in');
  });
}

/** What people see who are signed in. */
function addPages(app: Express, parts: ProductParts): void {
  const { database } = parts;
  app.get('/', (_request, response) => void response.redirect(303, '/members'));
  app.get('/members', (_request, response) => void response.send(membersPage(database, whoOf(response))));
  addProvisioningPages(app, parts);
}

/** A delivery that is not signed with the secret changes nothing. One that comes twice ends sessions once. */
function receiveWebhook({ database, live, webhookSecret }: ProductParts) {
  return (request: Request, response: Response): void => {
    if (webhookSecret === null) return void response.sendStatus(404);
    try {
      const event = verifyWebhook({
        secret: webhookSecret,
        headers: request.headers,
        body: request.body as Buffer,
      });
      endAccessByWebhook(database, event);
      live.check();
      response.sendStatus(204);
    } catch (error) {
      if (!(error instanceof WebhookRefused)) throw error;
      response.status(400).type('text').send(error.message);
    }
  };
}

/** A form on somebody else's page must not act for the person in this browser. */
function refuseForeignForms(request: Request, response: Response, next: NextFunction): void {
  const site = request.get('sec-fetch-site') ?? 'none';
  const isForeign = request.method !== 'GET' && site !== 'same-origin' && site !== 'none';
  if (isForeign)
    response.status(403).send(faultPage('That came from another site', 'Please use our own pages.', null));
  else next();
}

function whoOf(response: Response): SignedIn {
  return (response.locals as { who: SignedIn }).who;
}

function tokenOf(request: Request): string {
  const cookies = (request.get('cookie') ?? '').split('; ').map((pair) => pair.split('='));
  return cookies.find(([name]) => name === cookieName)?.[1] ?? '';
}
