import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type ChainHead, type ChainReport, verifyChains } from '../src/audit/verify-chain.ts';
import { ConfigError } from '../src/config/config-error.ts';
import { answerOf, type Db } from '../src/database/db.ts';
import { EmbeddedPostgres, runningDatabaseUrl } from '../src/database/embedded/embedded-postgres.ts';
import { unreachable } from '../src/database/prepare-database.ts';
import { compile } from '../src/database/compiled-statement.ts';
import { resolve } from 'node:path';

const usage = `npm run audit:verify [-- --head <file>] [--workspace <id>]

Follows the chains of the audit log in the database of DATABASE_URL, or in DATA_DIR, and says which record was removed,
altered or inserted. --head names a file with heads that were exported earlier (GET …/audit/head), one JSON object or an
array of them: each must still be in its chain. The exit code is 1 when something is wrong.
`;

/** Where the log is, and what ends the way to it. */
interface Source {
  url: string;
  close: () => Promise<void>;
}

async function openSource(environment: NodeJS.ProcessEnv): Promise<Source> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (environment['DATABASE_URL']) return { url: environment['DATABASE_URL'], close: nothing };
  const dataDir = resolve(environment['DATA_DIR'] || '.data');
  const running = runningDatabaseUrl(dataDir);
  if (running !== null) return { url: running, close: nothing };
  const embedded = await EmbeddedPostgres.start({ dataDir, log: () => undefined });
  return { url: embedded.url, close: () => embedded.stop() };
}

function readHeads(file: string | undefined): ChainHead[] {
  if (file === undefined) return [];
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return [value].flat().map((head) => {
    const { workspaceId, sequence, hash } = head as Record<string, unknown>;
    if (typeof workspaceId !== 'string' || typeof hash !== 'string')
      throw new ConfigError([`--head: ${file} holds something that is no head`]);
    return { workspaceId, sequence: String(sequence), hash };
  });
}

function tell({ workspaceId, records, unchained, redacted, unnamed, head, findings }: ChainReport): void {
  const more = [
    ...(redacted > 0 ? [`${redacted} without an erased person`] : []),
    ...(unnamed > 0
      ? [`${unnamed} of them vouched for by nothing: erasures of earlier versions name no records`]
      : []),
    ...(unchained > 0 ? [`${unchained} from before there was a chain`] : []),
  ];
  const facts = `${records} records${more.length > 0 ? ` (${more.join(', ')})` : ''}, head ${head.sequence} ${head.hash}`;
  process.stdout.write(`${findings.length === 0 ? 'ok  ' : 'BAD '} ${workspaceId} ${facts}\n`);
  for (const { kind, id, says } of findings)
    process.stdout.write(`     ${kind}: ${says}${id === null ? '' : ` (${id})`}\n`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { head: { type: 'string' }, workspace: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const heads = readHeads(values.head);
  const source = await openSource(process.env);
  const client = new pg.Client({ connectionString: source.url });
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw unreachable(error);
    });
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const db: Db = {
      run: async (statement) => {
        const { text, values: given } = compile(statement);
        return answerOf(await client.query(text, given));
      },
    };
    let bad = 0;
    for await (const report of verifyChains(db, heads, values.workspace ?? null)) {
      tell(report);
      bad += report.findings.length;
    }
    process.stdout.write(`\n${bad === 0 ? 'Nothing is wrong.' : `${bad} wrong`}\n`);
    return bad === 0 ? 0 : 1;
  } finally {
    await client.end().catch(() => undefined);
    await source.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof SyntaxError || error instanceof TypeError))
    throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
