import type { AddressInfo } from 'node:net';
import { openDatabase } from './database.ts';
import { followMembers } from './follow-members.ts';
import { LiveSessions } from './live-sessions.ts';
import { productApp } from './product.ts';
import { findSession } from './sessions.ts';
import { sendReceipts } from './send-receipts.ts';
import { connect } from './set-up.ts';
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
  const { client, workspace, webhookSecret } = await connect(database, settings);
  const live = new LiveSessions((token) => findSession(database, token) !== null);
  const stopping = new AbortController();
  const members = followMembers(client, database, { workspaceId: workspace.id, onEnded: live.check });
  // The first snapshot is there before anybody signs in.
  await members.catchUp(stopping.signal);
  const { adminEmail } = settings;
  const app = productApp({ client, database, live, workspaceId: workspace.id, webhookSecret, adminEmail });
  const work = [members.run(stopping.signal), sendReceipts(client, database, stopping.signal)];
  const server = app.listen(settings.port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
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
