import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './src/database/data-source-options.ts';
import { runningDatabaseUrl } from './src/database/embedded/embedded-postgres.ts';

const dataDir = resolve(process.env.DATA_DIR ?? '.data');
const url = process.env.DATABASE_URL ?? runningDatabaseUrl(dataDir);
if (url === null) {
  throw new Error(`Set DATABASE_URL, or start the service on the embedded PostgreSQL in ${dataDir} first`);
}

/** For the TypeORM command line: an outside database, or the embedded one of a service that runs now. */
export default new DataSource(dataSourceOptions({ url, poolSize: 2 }));
