import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import type { Config } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/setting-reader.ts';
import type { Clock } from '../../src/database/clock.ts';
import type { SilenceLimits } from '../../src/database/statement-pulse.ts';
import { findFreePort } from '../../src/database/embedded/free-port.ts';
import { freeRates } from '../../scripts/free-rates.ts';
import { closeBeforeDrop, cloneDatabase } from './database.ts';
import { FakeClock } from './fake-clock.ts';
import type * as loadedService from './loaded-service.ts';
import type { PlainHttp } from './plain-http.ts';
import { WorkspaceCopies } from './workspace-copies.ts';

declare global {
  /** The service's code, loaded once for all spec files of a worker: see `environment.ts`. */
  var loadService: () => Promise<typeof loadedService>;
}

const cutEveryMs = 100;

export const operatorToken = 'operator-token-of-the-tests';

/** The service on its own port, with its own database. */
export interface Service<ClockOfService extends Clock = FakeClock> {
  url: string;
  config: Config;
  app: NestExpressApplication;
  dataSource: DataSource;
  clock: ClockOfService;
  databaseUrl: string;
  /** Sends requests over real HTTP: `service.http.get('/health/live')`. */
  http: PlainHttp;
  /** Makes workspaces out of one; null where the clock cannot be stopped. */
  copies: WorkspaceCopies | null;
  /** A provider of the service by the name of its class. */
  provider<Provider>(name: string): Provider;
  /** What the service says about itself; large to make. */
  openApiDocument(): OpenAPIObject;
  /** Stops the service; may be called twice. Services that a spec file leaves running stop after its last test. */
  stop(): Promise<void>;
}

export interface ServiceOptions<ClockOfService extends Clock = FakeClock> {
  /** Default: a `FakeClock`. */
  clock?: ClockOfService;
  /** Environment variables that override the defaults of the tests. */
  config?: Environment;
  /** How long the database may be silent; default: as in production. */
  silence?: SilenceLimits;
  /** A migrated database to use, e.g. that of another service; default: a new clone. */
  databaseUrl?: string;
}

/** Starts the application in this process. */
export async function startService<ClockOfService extends Clock = FakeClock>(
  options: ServiceOptions<ClockOfService> = {},
): Promise<Service<ClockOfService>> {
  const loaded = await loadService();
  const databaseUrl = options.databaseUrl ?? (await cloneDatabase()).url;
  const clock = options.clock ?? (new FakeClock() as Clock as ClockOfService);
  const config = loaded.Config.fromEnvironment({
    PORT: String(await findFreePort()),
    DATABASE_URL: databaseUrl,
    OPERATOR_TOKEN: operatorToken,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ...freeRates,
    // The clock of a test is turned by hours; sessions that are not used are the subject of one spec.
    SESSION_IDLE_MINUTES: '1440',
    ...options.config,
  });
  const { nest: app } = await loaded.createApplication({
    config,
    databaseUrl,
    clock,
    ...(options.silence && { silence: options.silence }),
  });
  await app.listen(config.port, config.host);
  const url = await app.getUrl();
  let stopped: Promise<void> | null = null;
  const contract = new loaded.Contract();
  contract.watch(app.getHttpServer());
  const stop = () => (stopped ??= closeAtOnce(app).then(() => contract.requireKept()));
  closeBeforeDrop(stop);
  const dataSource = app.get(loaded.DataSource);
  return {
    url,
    config,
    app,
    dataSource,
    clock,
    databaseUrl,
    http: loaded.plainHttp(url),
    copies: clock instanceof FakeClock ? new WorkspaceCopies(dataSource, clock) : null,
    provider: <Provider>(name: string) => loaded.providerOf(app, name) as Provider,
    openApiDocument: () => loaded.openApiDocument(app),
    stop,
  };
}

/** A browser reconnects until the server stops listening, so connections are closed again and again. */
async function closeAtOnce(app: NestExpressApplication): Promise<void> {
  const server = app.getHttpServer();
  server.closeAllConnections();
  const timer = setInterval(() => server.closeAllConnections(), cutEveryMs);
  await app.close().finally(() => clearInterval(timer));
}
