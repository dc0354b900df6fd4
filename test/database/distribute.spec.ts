import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { stepsOf } from '../../scripts/distribute/steps.ts';
import { cloneDatabase } from '../harness/database.ts';

/**
 * What `npm run distribute` reads of Citus, as tables of a PostgreSQL without it: every table is distributed, and so is each
 * function that is there.
 */
const catalogOfCitus = `
  CREATE TABLE pg_dist_partition AS
    SELECT c.oid AS logicalrelid, CASE WHEN c.relname IN ('workspace', 'declared_roles') THEN 'n' ELSE 'h' END AS partmethod
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r';
  CREATE VIEW pg_dist_object AS SELECT 'pg_proc'::regclass AS classid, oid AS objid FROM pg_proc;
  CREATE FUNCTION create_distributed_function(text, text, colocate_with text, force_delegation boolean) RETURNS void
    LANGUAGE sql AS ''`;

describe('npm run distribute', () => {
  let client: Client;

  beforeEach(async () => {
    const { url } = await cloneDatabase();
    const { pg } = await loadService();
    client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(catalogOfCitus);
  });

  afterEach(() => client.end());

  const left = async () => (await stepsOf(client)).map(({ says }) => says);

  const distribute = async () => {
    for (const { statements } of await stepsOf(client))
      for (const statement of statements) await client.query(statement);
  };

  it('makes its functions, and has nothing left to do then', async () => {
    expect(await left()).toContain(
      'on_node_count: a function that carries out statements on the node of its workspace',
    );
    await distribute();
    expect(await left()).toEqual([]);
  });

  it('names a function whose body is that of another version, and replaces it', async () => {
    await distribute();
    await client.query(`CREATE OR REPLACE FUNCTION on_node_count(workspace uuid, statement text) RETURNS bigint
      LANGUAGE plpgsql AS $$ BEGIN RETURN 7; END $$`);
    expect(await left()).toEqual(['on_node_count: replace the function of another version']);
    await distribute();
    expect(await left()).toEqual([]);
    const { rows } = await client.query<{ written: string }>(
      `SELECT on_node_count('00000000-0000-7000-8000-000000000001', 'SELECT 1 WHERE false') AS written`,
    );
    expect(rows).toEqual([{ written: '0' }]);
  });

  it('makes a function that is missing, and leaves the others', async () => {
    await distribute();
    await client.query('DROP FUNCTION on_node_many');
    expect(await left()).toEqual([
      'on_node_many: a function that carries out statements on the node of its workspace',
    ]);
  });
});
