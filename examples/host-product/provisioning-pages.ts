import type { Express, Response } from 'express';
import { adminRoleOf } from './admin-role.ts';
import { provisioningPage, provisioningScript, settingsPage } from './pages.ts';
import type { ProductParts } from './product-parts.ts';
import type { SignedIn } from './sessions.ts';

/** How many seats one press of the button buys. A real product takes money for it. */
const seatsPerPurchase = 5;

/** The settings of the product, with the settings screen of the service in one of its pages. For who is signed in. */
export function addProvisioningPages(app: Express, parts: ProductParts): void {
  const { client, workspaceId, serviceUrl, productUrl, signIn, adminEmail } = parts;
  const whoOf = (response: Response) => (response.locals as { who: SignedIn }).who;
  const roleOf = (response: Response) => adminRoleOf(whoOf(response), adminEmail);
  app.get('/settings', (_request, response) => {
    response.send(settingsPage(whoOf(response), roleOf(response) !== null));
  });
  // Everything below is for admins.
  app.use('/settings', (_request, response, next) => {
    if (roleOf(response) === null) response.status(403).send(settingsPage(whoOf(response), false));
    else next();
  });
  app.get('/settings/user-provisioning', async (_request, response) => {
    const { seats } = await client.workspaces.seats(workspaceId);
    response.send(provisioningPage(whoOf(response), { serviceUrl, seats, seatsPerPurchase }));
  });
  app.get('/user-provisioning.js', (_request, response) => {
    response.type('js').send(provisioningScript);
  });
  // The page asks for this whenever the screen in it needs a session. Who is no admin any more gets none.
  app.post('/settings/user-provisioning/session', async (_request, response) => {
    const role = roleOf(response);
    if (role === null) return void response.sendStatus(403);
    const assertion = await signIn.assertionFor(whoOf(response), role);
    response.set('cache-control', 'no-store').json({ assertion });
  });
  app.post('/settings/user-provisioning/seats', async (_request, response) => {
    const { seats } = await client.workspaces.seats(workspaceId);
    if (seats !== null)
      await client.workspaces.setSeats(workspaceId, { limit: seats.limit + seatsPerPurchase });
    response.redirect(303, '/settings/user-provisioning');
  });
  // The other way: a window of its own, with a way back.
  app.post('/settings/user-provisioning/window', async (_request, response) => {
    const { email, name } = whoOf(response);
    const role = roleOf(response) ?? 'viewer';
    const returnUrl = `${productUrl}/settings`;
    const { url } = await client.workspaces.createAdminLink(workspaceId, { email, name, role, returnUrl });
    response.set('cache-control', 'no-store').redirect(303, url);
  });
}
