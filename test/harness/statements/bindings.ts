import type { JoinExpr, Node } from 'libpg-query';
import { as, hasParameter, statementsIn, textsOf } from './ast.ts';
import { type Equality, equalitiesIn } from './expressions.ts';
import type { StatementReader } from './reader.ts';
import { renamed, type Scope } from './scope.ts';
import { derived, type Strength, unbound } from './strength.ts';

/** Whether a condition may say something of a relation: an outer join says nothing of the rows that it keeps. */
type Concerns = (alias: string) => boolean;

const ofAll: Concerns = () => true;

/** @returns the names of the relations that an entry of FROM brings */
function bindFrom(reading: StatementReader, scope: Scope, node: Node): string[] {
  const table = as(node, 'RangeVar');
  if (table !== undefined) return [reading.addTable(scope, table)];
  const join = as(node, 'JoinExpr');
  if (join !== undefined) return bindJoin(reading, scope, join);
  const select = as(node, 'RangeSubselect');
  if (select?.subquery !== undefined) {
    const alias = select.alias?.aliasname ?? unnamed(node);
    const around = select.lateral ? scope : scope.parent;
    const columns = renamed(
      reading.read(select.subquery, around, scope.ctes),
      textsOf(select.alias?.colnames),
    );
    scope.relations.set(alias, { table: null, key: 'workspace_id', columns, others: unbound });
    return [alias];
  }
  const made = as(node, 'RangeFunction');
  const alias = made?.alias?.aliasname ?? unnamed(node);
  const others = hasParameter(made?.functions) ? derived : unbound;
  const columns = new Map<string, Strength>(textsOf(made?.alias?.colnames).map((name) => [name, others]));
  scope.relations.set(alias, { table: null, key: 'workspace_id', columns, others });
  reading.inside(scope, made?.functions);
  return [alias];
}

/** The same each time. */
function unnamed(node: Node): string {
  return `? ${JSON.stringify(node).length} ${JSON.stringify(node).replaceAll(/\D+/g, '').slice(0, 40)}`;
}

function bindJoin(reading: StatementReader, scope: Scope, join: JoinExpr): string[] {
  const left = join.larg === undefined ? [] : bindFrom(reading, scope, join.larg);
  const right = join.rarg === undefined ? [] : bindFrom(reading, scope, join.rarg);
  const concerned: Record<string, Concerns> = {
    JOIN_INNER: ofAll,
    JOIN_LEFT: (alias) => right.includes(alias),
    JOIN_RIGHT: (alias) => left.includes(alias),
  };
  const concerns = concerned[join.jointype ?? ''] ?? (() => false);
  for (const column of textsOf(join.usingClause))
    for (const one of left)
      for (const other of right) {
        if (concerns(other)) scope.join(`${one}.${column}`, `${other}.${column}`);
        if (concerns(one)) scope.join(`${other}.${column}`, `${one}.${column}`);
      }
  bindCondition(reading, scope, join.quals, concerns);
  return [...left, ...right];
}

/** Reads FROM and WHERE of a level. */
export function bindLevel(
  reading: StatementReader,
  scope: Scope,
  from: readonly Node[] | undefined,
  where: Node | undefined,
): void {
  const bind = (reader: StatementReader) => {
    for (const node of from ?? []) bindFrom(reader, scope, node);
    bindCondition(reader, scope, where, ofAll);
  };
  // A SELECT in brackets may be bound by a condition that stands behind it.
  if (statementsIn(from).length > 0) bind(reading.silent());
  bind(reading);
}

function bindCondition(
  reading: StatementReader,
  scope: Scope,
  condition: Node | undefined,
  concerns: Concerns,
): void {
  // A SELECT in a condition may be bound by what another part of the condition says of the level around it.
  for (let round = 0; round < 2; round += 1)
    for (const equality of equalitiesIn(reading, scope, condition)) note(scope, equality, concerns);
  reading.inside(scope, condition);
}

function note(scope: Scope, { left, right, strength }: Equality, concerns: Concerns): void {
  const name = columnOf(scope, left);
  if (name === null || !concerns(name.split('.')[0] ?? '')) return;
  const other = right === null ? null : columnOf(scope, right);
  if (other !== null) scope.join(other, name);
  else scope.bind(name, strength);
}

function columnOf(scope: Scope, node: Node): string | null {
  const column = as(node, 'ColumnRef') ?? as(as(node, 'TypeCast')?.arg, 'ColumnRef');
  return column === undefined ? null : scope.nameOf(column);
}
