import type { Node, RangeVar } from 'libpg-query';
import type { Scope } from './scope.ts';
import type { Strength } from './strength.ts';

/** What reads statements, for the parts that read a part of one. */
export interface StatementReader {
  /** @returns how the columns that come out of it are bound, in their order */
  read(
    node: Node,
    parent: Scope | null,
    ctes: ReadonlyMap<string, ReadonlyMap<string, Strength>>,
  ): Map<string, Strength>;
  /** The same for a SELECT in an expression, whose tables are judged elsewhere. */
  outputsOf(select: Node, scope: Scope): Strength[];
  /** One that reads the same and judges nothing. */
  silent(): StatementReader;
  /** Notes a table under its name there. @returns the name */
  addTable(scope: Scope, range: RangeVar | undefined): string;
  /** Reads the statements that stand in an expression of this level. */
  inside(scope: Scope, expression: unknown): void;
}
