import type { DataSource } from 'typeorm';
import { dbOf } from './db-of.ts';
import { sql } from './sql.ts';

const answers = new WeakMap<DataSource, Promise<boolean>>();

/**
 * Whether the database is distributed by workspace (Citus). Asked once; for the few questions over all workspaces that
 * such a database answers in another way only.
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
  const { rows } = await dbOf(dataSource).run(
    sql<{ is: boolean }>`SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS is`,
  );
  return rows[0]?.is ?? false;
}
