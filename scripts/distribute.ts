import { parseArgs } from 'node:util';
import pg from 'pg';
import { messageOf } from '../src/config/system-error.ts';
import { staysLocal } from './distribute/plan.ts';
import { stepsOf } from './distribute/steps.ts';

const usage = `npm run distribute -- --database-url URL [--yes]

Distributes the tables of a database by workspace, on a coordinator of Citus that knows its workers. Without --yes it says
what it would do. What is distributed already stays, so that it can be repeated. No service may run meanwhile. Not everything works there: see docs/how-to/grow.md.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'database-url': { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const url = values['database-url'];
  if (values.help || url === undefined) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      `SELECT extversion AS version FROM pg_extension WHERE extname = 'citus'`,
    );
    const [citus] = rows;
    if (citus === undefined)
      throw new Error('This database has no Citus: CREATE EXTENSION citus on every node first');
    const steps = await stepsOf(client);
    const { rows: nodes } = await client.query<{ name: string }>(
      `SELECT nodename || ':' || nodeport AS name FROM pg_dist_node WHERE shouldhaveshards AND isactive ORDER BY nodeid`,
    );
    say(`Citus ${citus.version}; rows go to ${nodes.map(({ name }) => name).join(', ')}`);
    say(`On the coordinator stay ${Object.keys(staysLocal).join(', ')}, and what is not of a workspace`);
    if (steps.length === 0) say('Everything is distributed already.');
    for (const { says, statements } of steps) {
      say(`${values.yes ? '' : 'would '}${says}`);
      if (values.yes) for (const statement of statements) await client.query(statement);
    }
    if (!values.yes && steps.length > 0) say('Nothing was done. Say --yes to do it.');
    return 0;
  } finally {
    await client.end();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`distribute: ${messageOf(error)}\n`);
  return 1;
});
