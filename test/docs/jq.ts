/** Stands in for jq while the commands of the docs run: it knows paths such as `-r '.items[0].id'`. */
import { readFileSync } from 'node:fs';

const path = process.argv.slice(2).find((argument) => argument !== '-r') ?? '.';
let value = JSON.parse(readFileSync(0, 'utf8')) as unknown;
for (const [, key, index] of path.matchAll(/\.([A-Za-z]+)|\[(\d+)\]/g)) {
  value = (value as Record<string, unknown> | null)?.[key ?? Number(index)] ?? null;
}
if (value === null) throw new Error(`There is no ${path}`);
process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);
