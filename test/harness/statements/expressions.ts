import type { Node } from 'libpg-query';
import { as, hasParameter, itemsOf } from './ast.ts';
import type { StatementReader } from './reader.ts';
import type { Scope } from './scope.ts';
import { byParameter, derived, type Strength, unbound, weakest } from './strength.ts';

/** How an expression is bound: what is equal to it, is so, too. */
export function strengthOf(reading: StatementReader, scope: Scope, node: Node): Strength {
  if (as(node, 'ParamRef') ?? as(node, 'A_Const')) return byParameter;
  const column = as(node, 'ColumnRef');
  if (column !== undefined) return scope.strengthOfColumn(column);
  const inner = as(node, 'TypeCast')?.arg ?? as(node, 'CollateClause')?.arg ?? as(node, 'A_Indirection')?.arg;
  if (inner !== undefined) return strengthOf(reading, scope, inner);
  const list = as(node, 'List')?.items ?? as(node, 'A_ArrayExpr')?.elements ?? as(node, 'CoalesceExpr')?.args;
  if (list !== undefined) return weakest(list.map((item) => strengthOf(reading, scope, item)));
  const link = as(node, 'SubLink');
  if (link !== undefined) return outputsOf(reading, scope, node)[0] ?? unbound;
  return as(node, 'FuncCall') !== undefined && hasParameter(node) ? derived : unbound;
}

/** How the columns of a SELECT inside of an expression are bound. */
function outputsOf(reading: StatementReader, scope: Scope, node: Node): Strength[] {
  const select = as(node, 'SubLink')?.subselect;
  return select === undefined ? [] : reading.outputsOf(select, scope);
}

/** The sides of `a = b`, of `(a, b) = (c, d)`, of `a IN (…)` and of `a = ANY ($1)`: what the left one is bound by. */
export interface Equality {
  left: Node;
  right: Node | null;
  /** How the right side is bound. */
  strength: Strength;
}

/** What a condition says is equal, whatever else it says. */
export function equalitiesIn(reading: StatementReader, scope: Scope, node: Node | undefined): Equality[] {
  if (node === undefined) return [];
  const bool = as(node, 'BoolExpr');
  if (bool !== undefined) {
    const arms = (bool.args ?? []).map((arm) => equalitiesIn(reading, scope, arm));
    if (bool.boolop === 'AND_EXPR') return arms.flat();
    return bool.boolop === 'OR_EXPR' ? inEachArm(arms) : [];
  }
  const link = as(node, 'SubLink');
  if (link?.subLinkType === 'ANY_SUBLINK' && link.operName === undefined) {
    const outputs = outputsOf(reading, scope, node);
    return itemsOf(link.testexpr).map((left, at) => ({
      left,
      right: null,
      strength: outputs[at] ?? unbound,
    }));
  }
  const compared = as(node, 'A_Expr');
  if (compared?.lexpr === undefined || compared.rexpr === undefined) return [];
  const isEqual = compared.name?.some((name) => as(name, 'String')?.sval === '=') ?? false;
  if (!isEqual && compared.kind !== 'AEXPR_NOT_DISTINCT') return [];
  const left = itemsOf(compared.lexpr);
  if (compared.kind === 'AEXPR_IN') {
    const rows = itemsOf(compared.rexpr).map((row) => (left.length > 1 ? itemsOf(row) : [row]));
    return left.map((side, at) => ({
      left: side,
      right: null,
      strength: weakest(
        rows.map((row) => (row[at] === undefined ? unbound : strengthOf(reading, scope, row[at]))),
      ),
    }));
  }
  const right = left.length > 1 ? itemsOf(compared.rexpr) : [compared.rexpr];
  return left.flatMap((side, at): Equality[] => {
    const other = right[at];
    if (other === undefined) return [];
    const strength = strengthOf(reading, scope, other);
    if (compared.kind === 'AEXPR_OP_ANY') return [{ left: side, right: null, strength }];
    return [
      { left: side, right: other, strength },
      { left: other, right: side, strength: strengthOf(reading, scope, side) },
    ];
  });
}

/** Of `… OR …`: what each side says. */
function inEachArm(arms: readonly (readonly Equality[])[]): Equality[] {
  const [first = [], ...others] = arms;
  const textOf = ({ left }: Equality) =>
    JSON.stringify(left, (key, value: unknown) => (key === 'location' ? 0 : value));
  return first.flatMap((equality) => {
    const same = others.map((arm) => arm.filter((other) => textOf(other) === textOf(equality)));
    if (same.some((found) => found.length === 0)) return [];
    const strengths = [equality, ...same.flatMap(([found]) => found ?? [])].map(({ strength }) => strength);
    return [{ left: equality.left, right: null, strength: weakest(strengths) }];
  });
}
