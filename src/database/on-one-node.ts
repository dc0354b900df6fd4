import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Answer, Db } from './db.ts';
import { isKnownDistributed } from './known-distributed.ts';
import { nodeFunctions } from './node-functions.ts';
import { textWith } from './compiled-statement.ts';
import { type NodeSteps, type OneNode, Parameter, raw, type Sql, sql } from './sql.ts';

/**
 * Runs a statement; one that says so on the node of its workspace, where the database is distributed.
 *
 * @param place whether it runs within a transaction
 * @param ask sends what it is given, before anything else happens
 */
export function runOnNode<Row>(
  dataSource: DataSource,
  statement: Sql<Row>,
  place: NodeFunctionPlace,
  ask: (statement: Sql<Row>) => Promise<Answer<Row>>,
): Promise<Answer<Row>> {
  const { oneNode } = statement;
  if (oneNode === null || !isKnownDistributed(dataSource)) return ask(statement);
  if (oneNode.isAlone && place === 'inTransaction') return ask(statement);
  return ask(callOnNode(statement, oneNode, place)).then((answer) => answerOnNode(oneNode, answer));
}

/** Whether statements are carried out by themselves or in a transaction. */
export type NodeFunctionPlace = keyof typeof nodeFunctions;

/** What a node answers to one of several statements: the rows that it read, or how many it wrote. */
export interface GatheredAnswer {
  answer: { rows: (string | null)[][] } | { written: number };
}

/** A statement that has a node carry out several of a workspace, and answers to each with a row. */
export function together(
  workspaceId: string,
  statements: readonly { statement: Sql; oneNode: OneNode }[],
  place: NodeFunctionPlace,
): Sql<GatheredAnswer> {
  const texts = statements.map(({ statement }) => literalText(statement));
  const areRead = statements.map(({ oneNode }) => String(Object.keys(oneNode.columns).length > 0));
  const { name } = nodeFunctions[place].many;
  return sql<GatheredAnswer>`SELECT answer FROM ${raw(name)}(${workspaceId}, ${texts}::text[], ${areRead}::boolean[]) AS answer`;
}

/** The answer to one of several statements, as the driver would give it. */
export function gatheredAnswer({ columns }: OneNode, { answer }: GatheredAnswer): Answer<unknown> {
  if ('written' in answer) return { rows: [], count: answer.written };
  const types = Object.entries(columns);
  const rows = answer.rows.map((values) =>
    Object.fromEntries(types.map(([name, type], at) => [name, valueOf(type, values[at] ?? 'null')])),
  );
  return { rows, count: rows.length };
}

/** @param text JSON */
function valueOf(type: string, text: string): unknown {
  if (text === 'null') return null;
  if (type === 'bigint') return text;
  const value = JSON.parse(text) as unknown;
  return type === 'timestamptz' ? new Date(value as string) : value;
}

/** {@link runOnNode} for a transaction. */
export function onNodesOf(dataSource: DataSource, db: Db): Db {
  return {
    run: (statement) => runOnNode(dataSource, statement, 'inTransaction', (placed) => db.run(placed)),
  };
}

/** @returns a statement with the same rows; or with one, whose `written` is what the statement counts */
function callOnNode<Row>(
  statement: Sql<Row>,
  { workspaceId, columns, steps: stepsOf }: OneNode,
  place: NodeFunctionPlace,
): Sql<Row> {
  const names = Object.entries(columns);
  const steps = stepsOf();
  const text = steps === null ? literalText(statement) : '';
  if (names.length === 0)
    return sql<Row>`SELECT written FROM ${raw(nodeFunctions[place].count.name)}(${workspaceId}, ${text}) AS written`;
  const types = names.map(([name, type]) => `${pg.escapeIdentifier(name)} ${type}`).join(', ');
  const given = steps === null ? sql`${text}` : stepsGiven(steps);
  const { name } = nodeFunctions[place][steps === null ? 'rows' : 'steps'];
  return sql<Row>`SELECT * FROM ${raw(name)}(${workspaceId}, ${given}) AS answer (${raw(types)})`;
}

function stepsGiven({ guard, goesOn, steps, answer }: NodeSteps): Sql {
  return sql`${literalText(guard)}, ${goesOn === 'with rows'}, ${steps.map(literalText)}::text[], ${literalText(answer)}`;
}

function literalText(statement: Sql): string {
  return textWith(statement, literalOf);
}

function answerOnNode<Row>({ columns }: OneNode, answer: Answer<Row>): Answer<Row> {
  if (Object.keys(columns).length > 0) return answer;
  const [row] = answer.rows as { written: string }[];
  return { rows: [], count: Number(row?.written ?? 0) };
}

type Value = Parameter['value'];

/** A value as PostgreSQL reads it where a parameter of unknown type could stand. */
function literalOf(given: Value | Parameter): string {
  const value = given instanceof Parameter ? given.value : given;
  return value === null ? 'NULL' : pg.escapeLiteral(plain(value));
}

function plain(value: Exclude<Value, null>): string {
  if (typeof value !== 'object') return String(value);
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  // Told by its shape: in the world of a spec file, a Date of the service is none.
  if ('toISOString' in value) return value.toISOString();
  return `{${value.map(element).join(',')}}`;
}

function element(value: string | number | null): string {
  if (value === null) return 'NULL';
  return `"${String(value).replaceAll(/["\\]/g, (escaped) => `\\${escaped}`)}"`;
}
