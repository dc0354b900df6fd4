import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { dbOf } from './db-of.ts';
import { noteDistributed } from './known-distributed.ts';
import { nodeFunctions } from './node-functions.ts';
import { sql } from './sql.ts';
import { seconds } from '../errors/duration.ts';

/**
 * How often background work asks a distributed database what all of its nodes must be asked for. What happens in this
 * process it hears of at once.
 */
export const allNodesEveryMs = seconds(30);

const answers = new WeakMap<DataSource, Promise<boolean>>();

/**
 * Whether the database is distributed by workspace (Citus). Asked once; for the few questions over all workspaces that
 * such a database answers in another way only. `npm run distribute` leaves functions that say so.
 */
export function isDistributed(dataSource: DataSource): Promise<boolean> {
  const known = answers.get(dataSource);
  if (known !== undefined) return known;
  const asked = ask(dataSource);
  answers.set(dataSource, asked);
  asked.catch(() => answers.delete(dataSource));
  return asked;
}

async function ask(dataSource: DataSource): Promise<boolean> {
  const { rows, many } = nodeFunctions.alone;
  const { rows: found } = await dbOf(dataSource).run(
    sql<{
      is: boolean;
      takesMany: boolean;
    }>`SELECT to_regproc(${rows.name}) IS NOT NULL AS is, to_regproc(${many.name}) IS NOT NULL AS "takesMany"`,
  );
  const [row] = found;
  if (row?.is !== true) return false;
  noteDistributed(dataSource, row);
  return true;
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
