import { type Node, parseSync, type RangeVar, type SelectStmt, type WithClause } from 'libpg-query';
import { armsOf, as, itemsOf, statementsIn, textsOf } from './ast.ts';
import { bindLevel } from './bindings.ts';
import { strengthOf } from './expressions.ts';
import type { StatementReader } from './reader.ts';
import { isStar, renamed, Scope } from './scope.ts';
import { atMostDerived, derived, type Strength, weakest } from './strength.ts';

/** A place where a statement names a table of workspaces' rows, and how the workspace is bound there. */
export interface TableUse {
  table: string;
  alias: string;
  strength: Strength;
}

export type TenantTables = ReadonlyMap<string, string>;
type Columns = ReadonlyMap<string, Strength>;

/**
 * Parses statements with PostgreSQL's own grammar and says of each table of workspaces' rows that they name how its
 * workspace is bound. The module of `libpg-query` must be loaded.
 *
 * @param tables the tables, each with the column that names the workspace
 * @throws the parser's error for what is no SQL
 */
export function usesOf(text: string, tables: TenantTables): TableUse[] {
  const reading = new Reading(tables);
  for (const { stmt } of parseSync(text).stmts ?? [])
    if (stmt !== undefined)
      for (const statement of statementsIn([stmt])) reading.read(statement, null, new Map());
  return reading.uses;
}

class Reading implements StatementReader {
  readonly uses: TableUse[] = [];
  private readonly tables: TenantTables;

  constructor(tables: TenantTables) {
    this.tables = tables;
  }

  read(node: Node, parent: Scope | null, ctes: ReadonlyMap<string, Columns>): Map<string, Strength> {
    const select = as(node, 'SelectStmt');
    if (select !== undefined) return this.select(select, parent, ctes);
    const insert = as(node, 'InsertStmt');
    if (insert !== undefined) {
      const scope = this.scopeWith(insert.withClause, parent, ctes);
      const given = insert.selectStmt === undefined ? null : this.read(insert.selectStmt, scope, scope.ctes);
      const names = (insert.cols ?? []).map((column) => as(column, 'ResTarget')?.name ?? '');
      const alias = this.addTable(scope, insert.relation);
      const key = scope.relations.get(alias)?.key ?? '';
      const at = names.indexOf(key);
      scope.bind(`${alias}.${key}`, given === null || at < 0 ? 0 : ([...given.values()][at] ?? 0));
      this.inside(scope, insert.onConflictClause);
      return this.finish(scope, insert.returningClause?.exprs);
    }
    const change = as(node, 'UpdateStmt') ?? as(node, 'DeleteStmt');
    if (change === undefined) return new Map();
    const scope = this.scopeWith(change.withClause, parent, ctes);
    this.addTable(scope, change.relation);
    const others =
      'fromClause' in change ? change.fromClause : 'usingClause' in change ? change.usingClause : [];
    bindLevel(this, scope, others, change.whereClause);
    if ('targetList' in change) this.inside(scope, change.targetList);
    return this.finish(scope, change.returningClause?.exprs);
  }

  addTable(scope: Scope, range: RangeVar | undefined): string {
    const table = range?.relname ?? '';
    const alias = range?.alias?.aliasname ?? table;
    const cte = range?.schemaname === undefined ? scope.ctes.get(table) : undefined;
    const key = this.tables.get(table);
    if (cte !== undefined)
      scope.relations.set(alias, { table: null, key: 'workspace_id', columns: cte, others: 0 });
    else if (key !== undefined) scope.relations.set(alias, { table, key, columns: new Map(), others: 0 });
    else scope.relations.set(alias, { table: null, key: '', columns: new Map(), others: 0 });
    return alias;
  }

  inside(scope: Scope, expression: unknown): void {
    for (const statement of statementsIn(expression)) this.read(statement, scope, scope.ctes);
  }

  silent(): StatementReader {
    return new Reading(this.tables);
  }

  outputsOf(select: Node, scope: Scope): Strength[] {
    return [...new Reading(this.tables).read(select, scope, scope.ctes).values()];
  }

  private select(
    select: SelectStmt,
    parent: Scope | null,
    ctes: ReadonlyMap<string, Columns>,
  ): Map<string, Strength> {
    const outer = this.scopeWith(select.withClause, parent, ctes);
    const arms = armsOf(select).map((arm) =>
      arm === select ? this.arm(arm, outer) : this.select(arm, parent, outer.ctes),
    );
    const [first = new Map<string, Strength>()] = arms;
    return new Map(
      [...first.keys()].map((name, at) => [name, weakest(arms.map((arm) => [...arm.values()][at] ?? 0))]),
    );
  }

  private arm(select: SelectStmt, scope: Scope): Map<string, Strength> {
    bindLevel(this, scope, select.fromClause, select.whereClause);
    if (select.valuesLists !== undefined) {
      this.inside(scope, select.valuesLists);
      const rows = select.valuesLists.map((row) => itemsOf(row).map((item) => strengthOf(this, scope, item)));
      const width = rows[0]?.length ?? 0;
      return new Map(
        Array.from({ length: width }, (_, at) => [
          `column${at + 1}`,
          weakest(rows.map((row) => row[at] ?? 0)),
        ]),
      );
    }
    this.inside(scope, [select.havingClause, select.sortClause, select.groupClause, select.distinctClause]);
    this.inside(scope, [select.windowClause, select.limitCount, select.limitOffset]);
    return this.finish(scope, select.targetList);
  }

  /** The level is read: its tables are judged. @returns what comes out of it */
  private finish(scope: Scope, targets: readonly Node[] | undefined): Map<string, Strength> {
    this.inside(scope, targets);
    for (const [alias, { table }] of scope.relations)
      if (table !== null) this.uses.push({ table, alias, strength: scope.strengthOfRelation(alias) });
    const out = new Map<string, Strength>();
    for (const [at, node] of (targets ?? []).entries()) {
      const target = as(node, 'ResTarget');
      const column = as(target?.val, 'ColumnRef');
      if (column !== undefined && isStar(column)) addStar(out, scope, textsOf(column.fields)[0]);
      else
        out.set(
          target?.name ?? textsOf(column?.fields).at(-1) ?? `?column${at}?`,
          target?.val === undefined ? 0 : strengthOf(this, scope, target.val),
        );
    }
    return out;
  }

  private scopeWith(
    clause: WithClause | undefined,
    parent: Scope | null,
    ctes: ReadonlyMap<string, Columns>,
  ): Scope {
    const scope = new Scope(parent, ctes);
    for (const node of clause?.ctes ?? []) {
      const cte = as(node, 'CommonTableExpr');
      if (cte?.ctename === undefined || cte.ctequery === undefined) continue;
      // A recursive one names itself: what it begins with binds what follows.
      if (clause?.recursive) scope.ctes.set(cte.ctename, new Map([['workspace_id', derived]]));
      const columns = this.read(cte.ctequery, scope.parent, scope.ctes);
      scope.ctes.set(cte.ctename, renamed(columns, textsOf(cte.aliascolnames), atMostDerived));
    }
    return scope;
  }
}

/** `*` or `m.*`: of a table the column that names the workspace is what counts. */
function addStar(out: Map<string, Strength>, scope: Scope, alias: string | undefined): void {
  for (const [name, relation] of scope.relations) {
    if (alias !== undefined && alias !== name) continue;
    if (relation.table !== null) out.set(relation.key, scope.strengthOfRelation(name));
    else for (const column of relation.columns.keys()) out.set(column, scope.strengthOf(`${name}.${column}`));
  }
}
