import type { DataSourceOptions } from 'typeorm';
import { migrationsInOrder } from './migrations/in-order.ts';

const connectTimeoutMs = 10_000;

export interface DatabaseSettings {
  url: string;
  /** Connections held at most. */
  poolSize: number;
  /** Told when an idle connection breaks. The pool drops it and makes another, so this is no reason to stop. */
  onIdleError?: (error: Error) => void;
}

/**
 * How every data source of the service is made. The schema is changed by migrations only, never by `synchronize`.
 * Nothing here needs a session of its own (no `SET`, no named statements), so a pooler may stand in between.
 */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.url,
    applicationName: 'user-provisioning',
    poolSize: settings.poolSize,
    connectTimeoutMS: connectTimeoutMs,
    poolErrorHandler: settings.onIdleError ?? (() => undefined),
    extra: { keepAlive: true },
    synchronize: false,
    installExtensions: false,
    logging: false,
    migrations: migrationsInOrder,
    migrationsRun: false,
    migrationsTransactionMode: 'each',
  };
}
