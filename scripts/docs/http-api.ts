import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, table } from './markdown.ts';

interface Operation {
  summary: string;
  tags: string[];
  'x-product-scope'?: string;
  responses: Record<string, unknown>;
}

interface Contract {
  paths: Record<string, Record<string, Operation>>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** One table for each subject, from `openapi.json`. */
export function httpApiSection(): string {
  const file = join(import.meta.dirname, '../../openapi.json');
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as Contract;
  const rowsByTag = new Map<string, string[][]>();
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation === undefined) continue;
      const [tag = 'Other'] = operation.tags;
      rowsByTag.set(tag, [...(rowsByTag.get(tag) ?? []), row(method, path, operation)]);
    }
  }
  const parts = [...rowsByTag].flatMap(([tag, rows]) => [
    `### ${tag.charAt(0).toUpperCase()}${tag.slice(1)}`,
    table([...columns, ...(rows[0]?.length === columns.length ? [] : ['Product key needs'])], rows),
  ]);
  return parts.join('\n\n');
}

const columns = ['Request', 'What it does', 'Answers'];

/** Routes of `/operator` have one more cell: the scope that a product key needs. */
function row(method: string, path: string, operation: Operation): string[] {
  const { summary, responses, 'x-product-scope': scope } = operation;
  const good = Object.keys(responses).filter((status) => /^[23]/.test(status));
  const cells = [code(`${method.toUpperCase()} ${path}`), summary, good.join(', ')];
  if (!path.startsWith('/operator')) return cells;
  return [...cells, scope === undefined ? 'Operator token only' : code(scope)];
}
