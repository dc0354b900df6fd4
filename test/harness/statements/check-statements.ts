import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import libpgQuery from 'libpg-query';
import { workspaceTables } from '../../../src/workspaces/workspace-tables.ts';
import { acrossWorkspaces, boundByAnotherPart, type NamedStatement } from './named-statements.ts';
import { derived, unbound } from './strength.ts';
import { usesOf } from './tenant-binding.ts';

const migrations = join(import.meta.dirname, '../../../src/database/migrations');

/** They name a workspace, and belong to what the operator follows: the feed over all workspaces, and webhooks. */
const ofTheOperator: ReadonlySet<string> = new Set(['published_event', 'webhook_delivery']);

/** Every table with rows of workspaces, and the column that says whose they are. */
export const tenantTables: ReadonlyMap<string, string> = new Map([
  ...workspaceTables
    .filter((table) => !ofTheOperator.has(table))
    .map((table): [string, string] => [table, 'workspace_id']),
  ['workspace', 'id'],
]);

/** What became of the statements of a run. */
export interface Verdict {
  /** One line for each that names a table of workspaces without saying which workspace, or does not count what it should. */
  faults: string[];
  /** How many different statements were looked at, and how many of them are named by each list. */
  count: number;
  across: number;
  byAnotherPart: number;
  /** Names of the lists that no statement has. */
  unused: string[];
}

/** Makes PostgreSQL's grammar ready. To be called once before {@link judge}. */
export function loadGrammar(): Promise<void> {
  return libpgQuery.loadModule();
}

/** Judges the statements that the processes of a run have noted in a folder. */
export function judgeRecorded(folder: string): Verdict {
  const texts = existsSync(folder)
    ? readdirSync(folder).flatMap((file) =>
        readFileSync(join(folder, file), 'utf8')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as string),
      )
    : [];
  return judge(texts);
}

/** Judges statements: each table of workspaces' rows must say whose rows are meant. */
export function judge(texts: Iterable<string>): Verdict {
  const verdict: Verdict = { faults: [], count: 0, across: 0, byAnotherPart: 0, unused: [] };
  const used = new Set<string>();
  for (const text of different(texts)) {
    verdict.count += 1;
    if (isUncounted(text)) verdict.faults.push(`directory_count: does not count: ${plainText(text)}`);
    const uses = usesOf(text, tenantTables);
    const weakest = Math.min(...uses.map(({ strength }) => strength));
    if (weakest > derived) continue;
    const plain = plainText(text);
    const list = weakest === unbound ? acrossWorkspaces : boundByAnotherPart;
    const name = list.find(({ has }) => plain.includes(has))?.name ?? nameOfMigration(plain, weakest);
    if (name === undefined) {
      const tables = uses
        .filter(({ strength }) => strength === weakest)
        .map(({ table, alias }) => `${table} ${alias}`);
      const how =
        weakest === unbound
          ? 'binds no workspace'
          : 'binds its workspace by another part of the statement only';
      verdict.faults.push(`${tables.join(', ')}: ${how}: ${plain}`);
    } else used.add(name);
    if (weakest === unbound) verdict.across += 1;
    else verdict.byAnotherPart += 1;
  }
  verdict.unused = [...acrossWorkspaces, ...boundByAnotherPart].flatMap(
    ({ name, isHourly }: NamedStatement) => (used.has(name) || isHourly ? [] : [name]),
  );
  return verdict;
}

const createsOrDeletes = /\b(?:insert into|delete from) (?:directory_user|directory_group)\b/i;

/** Those that count at the end of their transaction, and those that empty a workspace. */
const countedElsewhere: readonly RegExp[] = [
  /AS "countedUsers"$/,
  /^DELETE FROM directory_(?:user|group) WHERE workspace_id = \$1$/,
];

/** Whether a statement creates or deletes rows whose number is kept, and does not say how many. */
function isUncounted(text: string): boolean {
  const plain = plainText(text);
  if (!createsOrDeletes.test(plain) || /\binsert into directory_count\b/i.test(plain)) return false;
  return !countedElsewhere.some((known) => known.test(plain));
}

/** Texts that differ by more than numbers, of statements that read or write rows. */
function different(texts: Iterable<string>): Iterable<string> {
  const found = new Map<string, string>();
  for (const text of texts) {
    const key = text.replaceAll(/\d+/g, '0');
    if (/\b(?:select|insert|update|delete)\b/i.test(text) && !/^\s*(?:create|do|alter|comment)\b/i.test(text))
      found.set(key, text);
  }
  return found.values();
}

function plainText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

let migrationTexts: string | null = null;

/** Migrations fill columns of all workspaces at once. */
function nameOfMigration(plain: string, strength: number): string | undefined {
  migrationTexts ??= globSync('**/*.ts', { cwd: migrations })
    .map((file) => plainText(readFileSync(join(migrations, file), 'utf8')))
    .join('\n');
  const beginning = plain.slice(0, 60);
  return strength <= derived && migrationTexts.includes(beginning) ? 'a migration' : undefined;
}
