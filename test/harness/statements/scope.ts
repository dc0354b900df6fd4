import type { ColumnRef } from 'libpg-query';
import { as, textsOf } from './ast.ts';
import { atMostDerived, derived, type Strength, strongest, unbound } from './strength.ts';

/** What a statement takes rows from, under the name that it has there. */
export interface Relation {
  /** The table of workspaces' rows that it is; null: another table, a function, a CTE or a SELECT in brackets. */
  table: string | null;
  /** The column that names the workspace. */
  key: string;
  /** How its other columns are bound, where that is known: those of a CTE or of a SELECT in brackets. */
  columns: ReadonlyMap<string, Strength>;
  /** What any column is that is not known. */
  others: Strength;
}

interface Edge {
  from: string;
  to: string;
}

/** One level of a statement: the relations that it names, and what is known of their columns. */
export class Scope {
  readonly parent: Scope | null;
  readonly ctes: Map<string, ReadonlyMap<string, Strength>>;
  readonly relations = new Map<string, Relation>();
  readonly #strengths = new Map<string, Strength>();
  readonly #edges: Edge[] = [];

  constructor(parent: Scope | null, ctes: ReadonlyMap<string, ReadonlyMap<string, Strength>>) {
    this.parent = parent;
    this.ctes = new Map(ctes);
  }

  /** Notes that a column equals something this strong. */
  bind(column: string, strength: Strength): void {
    if (strength <= (this.#strengths.get(column) ?? unbound)) return;
    this.#strengths.set(column, strength);
    for (const { from, to } of this.#edges) if (from === column) this.bind(to, strength);
  }

  /** Notes that a column is what another one is. */
  join(from: string, to: string): void {
    this.#edges.push({ from, to });
    this.bind(to, this.strengthOf(from));
  }

  strengthOf(column: string): Strength {
    const found = this.#strengths.get(column) ?? unbound;
    const [alias = '', name = ''] = column.split('.');
    const relation = this.relations.get(alias);
    if (relation === undefined || relation.table !== null) return found;
    return strongest([found, relation.columns.get(name) ?? relation.others]);
  }

  /** How the workspace of a relation's rows is bound. */
  strengthOfRelation(alias: string): Strength {
    const relation = this.relations.get(alias);
    return relation === undefined ? unbound : this.strengthOf(`${alias}.${relation.key}`);
  }

  /** The relation's name and the column's, when it is a column of this level; null otherwise. */
  nameOf(column: ColumnRef): string | null {
    const names = textsOf(column.fields);
    const [first = '', second] = names;
    if (second !== undefined) return this.relations.has(first) ? `${first}.${second}` : null;
    const having = [...this.relations].filter(([, relation]) => mayHave(relation, first));
    // Two may have it only where they are joined by it.
    const [known] = [...having.filter(([, { table }]) => table !== null), ...having];
    return known === undefined ? null : `${known[0]}.${first}`;
  }

  /**
   * How a column is bound, of this level or of one around it. What is bound by a level around it counts less than a parameter: a
   * database that is distributed by workspace does not see through that.
   */
  strengthOfColumn(column: ColumnRef): Strength {
    const name = this.nameOf(column);
    if (name !== null) return this.strengthOf(name);
    return atMostDerived(this.parent?.strengthOfColumn(column) ?? unbound);
  }
}

function mayHave(relation: Relation, column: string): boolean {
  if (relation.table !== null) return column === relation.key;
  return relation.columns.has(column) || (relation.columns.size === 0 && relation.others === derived);
}

/** Whether it is `*` or `m.*`. */
export function isStar(column: ColumnRef): boolean {
  return column.fields?.some((field) => as(field, 'A_Star') !== undefined) ?? false;
}

/** Columns under the names that they get where they are used. */
export function renamed(
  columns: ReadonlyMap<string, Strength>,
  names: readonly string[],
  change: (strength: Strength) => Strength = (strength) => strength,
): Map<string, Strength> {
  return new Map([...columns].map(([name, strength], at) => [names[at] ?? name, change(strength)]));
}
