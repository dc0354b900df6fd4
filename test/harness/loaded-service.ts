import type { NestExpressApplication } from '@nestjs/platform-express';
import { type InjectionToken, Logger } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { leaveOut } from './record-statements.ts';
import { createApplication } from '../../src/application/application.ts';
import { openApiDocument } from '../../src/application/openapi/openapi.ts';
import { Config } from '../../src/config/config.ts';
import { PreparingClient } from '../../src/database/pooled-client.ts';
import { cloneOnNodes } from './citus.ts';
import { Contract } from './contract.ts';
import { pg } from './one-query-at-a-time.ts';
import { plainHttp } from './plain-http.ts';
import { runSql, startTestPostgres } from './test-postgres.ts';

/**
 * A provider of an application by the name of its class: a spec file's own import of the class is another one than
 * the service's.
 */
function providerOf(app: NestExpressApplication, name: string): unknown {
  const isIt = (token: InjectionToken) => typeof token === 'function' && token.name === name;
  for (const { providers } of app.get(ModulesContainer).values()) {
    const token = [...providers.keys()].find(isIt);
    if (token !== undefined) return app.get(token, { strict: false });
  }
  throw new Error(`The service has no provider ${name}`);
}

/** The service itself sends nothing by this method; tests ask the database by it. */
const askedByTests = Reflect.get(DataSource.prototype, 'query') as (...given: unknown[]) => unknown;
DataSource.prototype.query = function (this: DataSource, ...given: unknown[]) {
  leaveOut(String(given[0]));
  return Reflect.apply(askedByTests, this, given);
} as typeof DataSource.prototype.query;

export {
  cloneOnNodes,
  Config,
  Contract,
  createApplication,
  DataSource,
  Logger,
  openApiDocument,
  pg,
  plainHttp,
  PreparingClient,
  providerOf,
  runSql,
  startTestPostgres,
};
