import { openDatabase } from './database.ts';
import { followMembers } from './follow-members.ts';
import { LiveSessions } from './live-sessions.ts';
import { OwnSignIn } from './own-sign-in.ts';
import { productApp } from './product.ts';
import { findSession } from './sessions.ts';
import { sendReceipts } from './send-receipts.ts';
import { connect } from './set-up.ts';
import { showScreenInside } from './screen-inside.ts';
import type { Settings } from './settings.ts';

/** A product that runs. */
export interface Product {
  url: string;
  workspaceId: string;
  stop(): Promise<void>;
}

/** Starts the product beside a service. @throws when the service cannot be reached, or refuses the operator token */
export async function startProduct(settings: Settings): Promise<Product> {
  const database = openDatabase(settings.databaseFile);
  const productUrl = `http://127.0.0.1:${settings.port}`;
  const { client, workspace, webhookSecret } = await connect(database, settings);
  await showScreenInside(settings, productUrl);
  const live = new LiveSessions((token) => findSession(database, token) !== null);
  const stopping = new AbortController();
  const members = followMembers(client, database, { workspaceId: workspace.id, onEnded: live.check });
  // The first snapshot is there before anybody signs in.
  await members.catchUp(stopping.signal);
  const { adminEmail, serviceUrl } = settings;
  const signIn = new OwnSignIn(database, productUrl);
  const own = { database, live, signIn, productUrl, adminEmail, webhookSecret };
  const app = productApp({ ...own, client, serviceUrl, workspaceId: workspace.id });
  const work = [members.run(stopping.signal), sendReceipts(client, database, stopping.signal)];
  const server = app.listen(settings.port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    url: productUrl,
    workspaceId: workspace.id,
    stop: async () => {
      stopping.abort();
      live.close();
      server.close();
      server.closeAllConnections();
      await Promise.all(work);
      database.close();
    },
  };
}
