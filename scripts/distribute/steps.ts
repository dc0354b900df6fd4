import type pg from 'pg';
import { dropTriggersSql } from '../../src/database/migrations/1933000000000-queued-by-statements.ts';
import {
  allNodeFunctions,
  bodyOf,
  distributeNodeFunctionSql,
  makeNodeFunctionSql,
} from '../../src/database/node-functions.ts';
import { distributed, firstTable, onEveryNode } from './plan.ts';

type Kind = 'distributed' | 'reference' | 'local';

/** What Citus calls a table. */
async function kindsOf(client: pg.Client): Promise<Map<string, Kind>> {
  const { rows } = await client.query<{ name: string; kind: Kind }>(
    `SELECT c.relname AS name, CASE p.partmethod WHEN 'h' THEN 'distributed' WHEN 'n' THEN 'reference' ELSE 'local' END AS kind
     FROM pg_class c LEFT JOIN pg_dist_partition p ON p.logicalrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
  );
  return new Map(rows.map(({ name, kind }) => [name, kind]));
}

/** A step of the distribution: what it says, and what it sends. */
export interface Step {
  says: string;
  statements: readonly string[];
}

/**
 * What is left to do until a database is distributed; nothing, when it is.
 *
 * @param client a connection to the coordinator
 * @throws Error when the schema is not up to date
 */
export async function stepsOf(client: pg.Client): Promise<Step[]> {
  const kinds = await kindsOf(client);
  const missing = [...onEveryNode, ...distributed].filter((table) => !kinds.has(table));
  if (missing.length > 0)
    throw new Error(`The database lacks tables (${missing.join(', ')}): run npm run migrate first`);
  const { rows: triggers } = await client.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'directory_group%'`,
  );
  return [
    ...(triggers.length === 0
      ? []
      : [{ says: `drop ${triggers.length} triggers of an earlier release`, statements: dropTriggersSql }]),
    ...onEveryNode
      .filter((table) => kinds.get(table) !== 'reference')
      .map((table) => ({
        says: `${table}: on every node`,
        statements: [`SELECT create_reference_table('${table}')`],
      })),
    ...distributed
      .filter((table) => kinds.get(table) !== 'distributed')
      .map((table) => ({
        says: `${table}: by workspace`,
        statements: [
          table === firstTable
            ? `SELECT create_distributed_table('${table}', 'workspace_id', colocate_with => 'none')`
            : `SELECT create_distributed_table('${table}', 'workspace_id', colocate_with => '${firstTable}')`,
        ],
      })),
    ...(await functionSteps(client)),
  ];
}

/**
 * The functions that are not there as this version wants them. `CREATE OR REPLACE` reaches all nodes for a function that is
 * distributed.
 */
async function functionSteps(client: pg.Client): Promise<Step[]> {
  const { rows } = await client.query<{ name: string; body: string; distributed: boolean }>(
    `SELECT p.proname AS name, p.prosrc AS body, o.objid IS NOT NULL AS distributed
     FROM pg_proc p LEFT JOIN pg_dist_object o ON o.classid = 'pg_proc'::regclass AND o.objid = p.oid
     WHERE p.pronamespace = 'public'::regnamespace`,
  );
  const found = new Map(rows.map((row) => [row.name, row]));
  return allNodeFunctions.flatMap((wanted): Step[] => {
    const { name } = wanted;
    const make = makeNodeFunctionSql(wanted);
    const there = found.get(name);
    if (there?.distributed !== true) {
      const statements = [make, distributeNodeFunctionSql(wanted, firstTable)];
      return [
        { says: `${name}: a function that carries out statements on the node of its workspace`, statements },
      ];
    }
    if (there.body === bodyOf(wanted)) return [];
    return [{ says: `${name}: replace the function of another version`, statements: [make] }];
  });
}
