import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const src = join(import.meta.dirname, '../../src');

/** A table that an SQL text of `src` names. */
export interface TableUse {
  /** Path below `src`, with the line. */
  place: string;
  room: string;
  table: string;
  kind: 'read' | 'write';
}

/**
 * Every place in `src` where an SQL text names one of these tables. Migrations are left out: they are of their time, and
 * a later one may move a table to another room.
 */
export function usesOfTables(tables: ReadonlySet<string>): TableUse[] {
  const files = globSync('**/*.ts', { cwd: src }).filter(
    (file) => !file.endsWith('.spec.ts') && !file.startsWith('database/migrations/'),
  );
  return files.flatMap((file) =>
    textsOf(file).flatMap(({ text, line }) =>
      namedIn(text)
        .filter(({ table }) => tables.has(table))
        .map((named) => ({ ...named, place: `${file}:${line}`, room: file.split('/')[0] ?? '' })),
    ),
  );
}

/** The strings and templates of a file; what a template inserts is one by itself. */
function textsOf(file: string): { text: string; line: number }[] {
  const source = ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest);
  const texts: { text: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== null) {
      texts.push({ text, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
    }
    if (!ts.isImportDeclaration(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join(' … ');
}

/** Keywords are written in capitals; a fragment may begin with the table itself, as in `member m JOIN …`. */
const named = /\b(INSERT INTO|DELETE FROM|(?<!FOR |KEY |DO )UPDATE|FROM|JOIN|USING)\s+([a-z_]+)\b/g;
const listed = /,\s+([a-z_]+)\s+[a-z]{1,2}\b(?!\()/g;
const first = /^\s*([a-z_]+)\s+[a-z]{1,2}(?=\s*$|\s+(?:LEFT )?JOIN\b)/;
const writing: ReadonlySet<string> = new Set(['INSERT INTO', 'DELETE FROM', 'UPDATE']);

function namedIn(text: string): Pick<TableUse, 'table' | 'kind'>[] {
  const found: Pick<TableUse, 'table' | 'kind'>[] = [];
  const start = first.exec(text)?.[1];
  if (start !== undefined) found.push({ table: start, kind: 'read' });
  if (!/\b(?:SELECT|FROM|JOIN|INTO|UPDATE)\b/.test(text)) return found;
  for (const [, keyword = '', table = ''] of text.matchAll(named)) {
    found.push({ table, kind: writing.has(keyword) ? 'write' : 'read' });
  }
  for (const [, table = ''] of text.matchAll(listed)) found.push({ table, kind: 'read' });
  return found;
}
