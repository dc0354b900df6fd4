/** A function that carries out a statement on the node of a workspace. */
export interface NodeFunction {
  name: string;
  parameters: keyof typeof parametersOf;
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

/** Carries out one statement after the other. Of one that is read, the rows come as texts of JSON: one for each column. */
const takesMany = `DECLARE found record; found_rows json[]; touched bigint;
BEGIN
  FOR place IN 1 .. cardinality(statements) LOOP
    IF are_read[place] THEN
      found_rows := '{}';
      FOR found IN EXECUTE statements[place] LOOP
        found_rows := found_rows || to_json(ARRAY(
          SELECT column_value.value::text FROM json_each(to_json(found)) WITH ORDINALITY AS column_value (key, value, ordinal)
          ORDER BY column_value.ordinal));
      END LOOP;
      RETURN NEXT json_build_object('rows', to_json(found_rows));
    ELSE
      EXECUTE statements[place];
      GET DIAGNOSTICS touched = ROW_COUNT;
      RETURN NEXT json_build_object('written', touched);
    END IF;
  END LOOP;
END`;

const one = 'uuid, text';
const many = 'uuid, text[], boolean[]';
const several = 'uuid, text, boolean, text[], text';
const parametersOf = {
  [one]: 'workspace uuid, statement text',
  [many]: 'workspace uuid, statements text[], are_read boolean[]',
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
    many: {
      name: 'on_node_many',
      parameters: many,
      returns: 'SETOF json',
      body: takesMany,
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
    many: {
      name: 'in_transaction_on_node_many',
      parameters: many,
      returns: 'SETOF json',
      body: takesMany,
      forced: true,
    },
  },
} as const satisfies Record<string, Record<string, NodeFunction>>;

/** All of them. */
export const allNodeFunctions: readonly NodeFunction[] = [
  ...Object.values(nodeFunctions.alone),
  ...Object.values(nodeFunctions.inTransaction),
];

/** The body of a function, as the catalog of the database has it. */
export function bodyOf({ body }: NodeFunction): string {
  return ` ${body} `;
}

/** The statement that makes a function, or replaces that of another version. */
export function makeNodeFunctionSql(made: NodeFunction): string {
  const { name, parameters, returns } = made;
  return `CREATE OR REPLACE FUNCTION ${name}(${parametersOf[parameters]}) RETURNS ${returns} LANGUAGE plpgsql AS $$${bodyOf(made)}$$`;
}

/**
 * The statement that has Citus run a function on the node of the workspace.
 *
 * @param besides a distributed table, beside whose rows it runs
 */
export function distributeNodeFunctionSql(
  { name, parameters, forced }: NodeFunction,
  besides: string,
): string {
  return `SELECT create_distributed_function('${name}(${parameters})', 'workspace', colocate_with => '${besides}',
    force_delegation => ${forced})`;
}
