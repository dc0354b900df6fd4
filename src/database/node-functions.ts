/** A function that carries out a statement on the node of a workspace. */
interface NodeFunction {
  name: string;
  /** What it answers with. */
  returns: string;
  body: string;
  /** Within a transaction, Citus passes on only what promises to touch one shard of each table. */
  forced: boolean;
}

const readsRows = 'BEGIN RETURN QUERY EXECUTE statement; END';
const counts = `DECLARE written bigint;
BEGIN EXECUTE statement; GET DIAGNOSTICS written = ROW_COUNT; RETURN written; END`;

/** `npm run distribute` makes them. That they are there says that the database is distributed. */
export const nodeFunctions = {
  alone: {
    rows: { name: 'on_node_rows', returns: 'SETOF record', body: readsRows, forced: false },
    count: { name: 'on_node_count', returns: 'bigint', body: counts, forced: false },
  },
  inTransaction: {
    rows: { name: 'in_transaction_on_node_rows', returns: 'SETOF record', body: readsRows, forced: true },
    count: { name: 'in_transaction_on_node_count', returns: 'bigint', body: counts, forced: true },
  },
} as const satisfies Record<string, Record<string, NodeFunction>>;

function all(): NodeFunction[] {
  return [...Object.values(nodeFunctions.alone), ...Object.values(nodeFunctions.inTransaction)];
}

/** Their names. */
export const nodeFunctionNames: readonly string[] = all().map(({ name }) => name);

/** Statements that make the functions. */
export const makeNodeFunctionsSql: readonly string[] = all().map(
  ({ name, returns, body }) =>
    `CREATE OR REPLACE FUNCTION ${name}(workspace uuid, statement text) RETURNS ${returns} LANGUAGE plpgsql AS $$ ${body} $$`,
);

/**
 * Statements that have Citus run the functions on the node of the workspace.
 *
 * @param besides a distributed table, beside whose rows they run
 */
export function distributeNodeFunctionsSql(besides: string): string[] {
  return all().map(
    ({ name, forced }) =>
      `SELECT create_distributed_function('${name}(uuid, text)', 'workspace', colocate_with => '${besides}',
         force_delegation => ${forced})`,
  );
}
