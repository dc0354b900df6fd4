import type { DatabaseSync } from 'node:sqlite';
import type { Client } from '../../clients/node/src/index.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { OwnSignIn } from './own-sign-in.ts';

/** What the pages of the product need. */
export interface ProductParts {
  client: Client;
  database: DatabaseSync;
  live: LiveSessions;
  workspaceId: string;
  webhookSecret: string | null;
  adminEmail: string;
  /** Where browsers find the service, and this product. */
  serviceUrl: string;
  productUrl: string;
  signIn: OwnSignIn;
}
