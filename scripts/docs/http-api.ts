import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, table } from './markdown.ts';

interface Operation {
  summary: string;
  tags: string[];
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
    table(['Request', 'What it does', 'Answers'], rows),
  ]);
  return parts.join('\n\n');
}

function row(method: string, path: string, { summary, responses }: Operation): string[] {
  const good = Object.keys(responses).filter((status) => /^[23]/.test(status));
  return [code(`${method.toUpperCase()} ${path}`), summary, good.join(', ')];
}
