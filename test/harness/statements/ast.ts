import type { Node, SelectStmt } from 'libpg-query';

type KeyOf<Each> = Each extends unknown ? keyof Each : never;
type ValueOf<Each, Kind extends string> = Each extends { [Key in Kind]: infer Value } ? Value : never;

/** The names of PostgreSQL's kinds of nodes. */
type Kind = KeyOf<Node>;

/** What a node says, when it is of this kind. */
export function as<Of extends Kind>(node: Node | undefined, kind: Of): ValueOf<Node, Of> | undefined {
  if (node === undefined || !(kind in node)) return undefined;
  return (node as Record<Of, ValueOf<Node, Of>>)[kind];
}

/** The texts of a list of names. */
export function textsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => as(node, 'String')?.sval ?? []);
}

/** The items of a list node; the node itself when it is none. */
export function itemsOf(node: Node | undefined): Node[] {
  if (node === undefined) return [];
  return as(node, 'List')?.items ?? as(node, 'RowExpr')?.args ?? [node];
}

const statementKinds = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'] as const;

/** Every statement that stands in an expression, at whatever depth, without those inside of these. */
export function statementsIn(expression: unknown): Node[] {
  if (typeof expression !== 'object' || expression === null) return [];
  if (Array.isArray(expression)) return expression.flatMap(statementsIn);
  return Object.entries(expression).flatMap(([key, value]) => {
    if (statementKinds.some((kind) => kind === key)) return [{ [key]: value } as unknown as Node];
    return statementsIn(value);
  });
}

/** Whether an expression has a parameter anywhere. */
export function hasParameter(expression: unknown): boolean {
  if (typeof expression !== 'object' || expression === null) return false;
  if (Array.isArray(expression)) return expression.some(hasParameter);
  return Object.entries(expression).some(([key, value]) => key === 'ParamRef' || hasParameter(value));
}

/** The SELECTs that a UNION and the like put together. */
export function armsOf(select: SelectStmt): SelectStmt[] {
  if (select.larg === undefined || select.rarg === undefined) return [select];
  return [...armsOf(select.larg), ...armsOf(select.rarg)];
}
