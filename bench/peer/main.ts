/**
 * The peer: SCIMMY with scimmy-routers on Express, as their READMEs show it, storing in PostgreSQL. Its storage is as
 * good as the library lets it be: one statement to read, one to write, lookups by index, a page read as a page.
 */
import express from 'express';
import pg from 'pg';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { readServerSettings } from '../server-settings.ts';
import { GroupStore } from './group-store.ts';
import { peerTables } from './tables.ts';
import { UserStore } from './user-store.ts';

const settings = readServerSettings(process.env);
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: settings.poolSize });
for (const statement of peerTables) await pool.query(statement);
const users = new UserStore(pool);
const groups = new GroupStore(pool);

SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .extend(SCIMMY.Schemas.EnterpriseUser)
  .egress((resource) => users.read(resource))
  .ingress((resource, instance) => users.write(resource, instance))
  .degress((resource) => users.remove(resource));
SCIMMY.Resources.declare(SCIMMY.Resources.Group)
  .egress((resource) => groups.read(resource))
  .ingress((resource, instance) => groups.write(resource, instance))
  .degress((resource) => groups.remove(resource));

const app = express();
// As in the service: Express would hash every body for an ETag, and parse queries into trees.
app.set('etag', false);
app.set('query parser', 'simple');
app.disable('x-powered-by');
// scimmy-routers turns `startIndex` and `count` into numbers in place, but Express 5 reads the query again each time.
app.use((request, _response, next) => {
  Object.defineProperty(request, 'query', { value: request.query, writable: true });
  next();
});
app.use(
  '/scim/v2',
  new SCIMMYRouters({
    type: 'bearer',
    baseUri: () => `http://127.0.0.1:${settings.port}`,
    handler: (request) => {
      if (request.header('Authorization')?.startsWith('Bearer ') !== true) throw new Error('No token');
      return 'identity-provider';
    },
  }),
);
app.listen(settings.port, '127.0.0.1', () => process.send?.('ready'));
process.once('disconnect', () => process.exit(0));
