/** A function that carries out a statement on the node of a workspace. */
interface NodeFunction {
  name: string;
  parameters: typeof one | typeof several;
  /** What it answers with. */
  returns: string;
  body: string;
  /** Within a transaction, Citus passes on only what promises to touch one shard of each table. */
  forced: boolean;
}

const readsRows = 'BEGIN RETURN QUERY EXECUTE statement; END';
const counts = `DECLARE written bigint;
BEGIN EXECUTE statement; GET DIAGNOSTICS written = ROW_COUNT; RETURN written; END`;

/** See `NodeSteps`. */
const takesSteps = `DECLARE touched bigint; step text;
BEGIN
  EXECUTE guard;
  GET DIAGNOSTICS touched = ROW_COUNT;
  IF (touched > 0) <> goes_on_with_rows THEN
    IF touched > 0 THEN RETURN QUERY EXECUTE guard; END IF;
    RETURN;
  END IF;
  FOREACH step IN ARRAY steps LOOP EXECUTE step; END LOOP;
  RETURN QUERY EXECUTE answer;
END`;

const one = 'uuid, text';
const several = 'uuid, text, boolean, text[], text';
const parametersOf = {
  [one]: 'workspace uuid, statement text',
  [several]: 'workspace uuid, guard text, goes_on_with_rows boolean, steps text[], answer text',
};

/** `npm run distribute` makes them. That they are there says that the database is distributed. */
export const nodeFunctions = {
  alone: {
    rows: { name: 'on_node_rows', parameters: one, returns: 'SETOF record', body: readsRows, forced: false },
    count: { name: 'on_node_count', parameters: one, returns: 'bigint', body: counts, forced: false },
    steps: {
      name: 'on_node_steps',
      parameters: several,
      returns: 'SETOF record',
      body: takesSteps,
      forced: false,
    },
  },
  inTransaction: {
    rows: {
      name: 'in_transaction_on_node_rows',
      parameters: one,
      returns: 'SETOF record',
      body: readsRows,
      forced: true,
    },
    count: {
      name: 'in_transaction_on_node_count',
      parameters: one,
      returns: 'bigint',
      body: counts,
      forced: true,
    },
    steps: {
      name: 'in_transaction_on_node_steps',
      parameters: several,
      returns: 'SETOF record',
      body: takesSteps,
      forced: true,
    },
  },
} as const satisfies Record<string, Record<string, NodeFunction>>;

function all(): NodeFunction[] {
  return [...Object.values(nodeFunctions.alone), ...Object.values(nodeFunctions.inTransaction)];
}

/** Their names. */
export const nodeFunctionNames: readonly string[] = all().map(({ name }) => name);

/** Statements that make the functions. */
export const makeNodeFunctionsSql: readonly string[] = all().map(
  ({ name, parameters, returns, body }) =>
    `CREATE OR REPLACE FUNCTION ${name}(${parametersOf[parameters]}) RETURNS ${returns} LANGUAGE plpgsql AS $$ ${body} $$`,
);

/**
 * Statements that have Citus run the functions on the node of the workspace.
 *
 * @param besides a distributed table, beside whose rows they run
 */
export function distributeNodeFunctionsSql(besides: string): string[] {
  return all().map(
    ({ name, parameters, forced }) =>
      `SELECT create_distributed_function('${name}(${parameters})', 'workspace', colocate_with => '${besides}',
         force_delegation => ${forced})`,
  );
}
