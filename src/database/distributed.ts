import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { nodeFunctions } from './node-functions.ts';
import { seconds } from '../errors/duration.ts';

/**
 * How often background work asks a distributed database what all of its nodes must be asked for. What happens in this
 * process it hears of at once.
 */
export const allNodesEveryMs = seconds(30);

const answers = new WeakMap<DataSource, Promise<boolean>>();
const distributed = new WeakSet<DataSource>();

/**
 * Whether the database is distributed by workspace (Citus). Asked once; for the few questions over all workspaces that
 * such a database answers in another way only.
 */
export function isDistributed(dataSource: DataSource): Promise<boolean> {
  const known = answers.get(dataSource);
  if (known !== undefined) return known;
  const asked = ask(dataSource);
  answers.set(dataSource, asked);
  asked.then(
    (is) => is && distributed.add(dataSource),
    () => answers.delete(dataSource),
  );
  return asked;
}

/**
 * Whether {@link isDistributed} has said so, which background work asks at the start: for what is right in either case,
 * and only quicker.
 */
export function isKnownDistributed(dataSource: DataSource): boolean {
  return distributed.has(dataSource);
}

async function ask(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<{ is: boolean }[]>(
    `SELECT to_regproc('${nodeFunctions.alone.rows.name}') IS NOT NULL AS is`,
  );
  return rows[0]?.is ?? false;
}

/** {@link isDistributed}, for those who have no data source. */
@Injectable()
export class Distribution {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Whether the database is distributed by workspace. */
  isDistributed(): Promise<boolean> {
    return isDistributed(this.dataSource);
  }
}
