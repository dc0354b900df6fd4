import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { PinoLogger } from 'nestjs-pino';
import { AppModule, type AppModuleOptions } from './app.module.ts';
import { ConnectionDrain } from './connection-drain.ts';
import { ErrorFilter } from './errors/error.filter.ts';
import { serveOpenApi } from './openapi.ts';
import { jsonBody } from './json-body.ts';
import { requestLog } from './request-log.ts';
import { ServiceLogger } from './service-logger.ts';
import { tidyScimUrl } from './scim-url.ts';

export interface Application {
  nest: NestExpressApplication;
  drain: ConnectionDrain;
}

/**
 * Makes the application as it runs everywhere, in tests too. It does not listen yet.
 *
 * @throws whatever keeps a module from starting, e.g. a database that went away
 */
export async function createApplication(options: AppModuleOptions): Promise<Application> {
  const nest = await NestFactory.create<NestExpressApplication>(AppModule.with(options), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  nest.useLogger(new ServiceLogger(await nest.resolve(PinoLogger), {}));
  // Express hashes every body for an ETag of its own; ours are versions, and SCIM sets them itself.
  nest.set('etag', false);
  nest.set('query parser', 'simple');
  nest.set('trust proxy', options.config.trustedProxies);
  nest.disable('x-powered-by');
  const drain = new ConnectionDrain();
  nest.use(drain.middleware);
  nest.use(requestLog(options.config.logLevel));
  nest.use(helmet(securityHeaders(options.config.publicUrl)));
  nest.use(tidyScimUrl);
  nest.use(jsonBody());
  nest.useGlobalFilters(nest.get(ErrorFilter));
  serveOpenApi(nest);
  return { nest, drain };
}

/** Over plain HTTP a browser must not be told to upgrade to HTTPS: there would be nobody to answer. */
function securityHeaders(publicUrl: string): Parameters<typeof helmet>[0] {
  if (publicUrl.startsWith('https:')) return {};
  return {
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } },
  };
}
