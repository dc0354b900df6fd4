/**
 * The floor: the smallest NestJS + Express + `DataSource.query` server that answers the benchmark's requests with one
 * statement each. No SCIM work, no authentication, no history: what is left is what HTTP, JSON and PostgreSQL cost.
 */
import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { readServerSettings } from '../server-settings.ts';
import { GroupsController, UsersController } from './controllers.ts';
import { floorTables } from './tables.ts';

const settings = readServerSettings(process.env);
const dataSource = new DataSource({
  type: 'postgres',
  url: settings.databaseUrl,
  poolSize: settings.poolSize,
});
await dataSource.initialize();
for (const statement of floorTables) await dataSource.query(statement);

class FloorModule {}
// Node strips types but does not know decorators: here they are called by hand.
(
  Module({
    controllers: [UsersController, GroupsController] satisfies Type[],
    providers: [{ provide: DataSource, useValue: dataSource }],
  }) as (target: Type) => void
)(FloorModule);

const nest = await NestFactory.create<NestExpressApplication>(FloorModule, {
  bodyParser: false,
  logger: ['error', 'warn'],
});
nest.useBodyParser('json', { type: ['application/scim+json', 'application/json'], limit: '16mb' });
// As in the service: Express would hash every body for an ETag, and parse queries into trees.
nest.set('etag', false);
nest.set('query parser', 'simple');
nest.disable('x-powered-by');
await nest.listen(settings.port, '127.0.0.1');
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
