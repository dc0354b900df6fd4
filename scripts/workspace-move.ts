import { parseArgs } from 'node:util';
import type pg from 'pg';
import { ConfigError } from '../src/config/config-error.ts';
import { SettingReader } from '../src/config/setting-reader.ts';
import { errorWords } from '../src/errors/plain-error.ts';
import { moveWorkspace, NotEqualError, UnfinishedError } from './move/move.ts';
import { clearOldPlace, forgetOldPlace, unguard } from './move/old-place.ts';
import { requireSameRoles } from './move/roles.ts';
import {
  begin,
  findMove,
  findWorkspace,
  hasArrived,
  keyOf,
  open,
  requireRoom,
  requireSameTables,
  requireSchema,
} from './move/sides.ts';

const usage = `npm run workspace:move -- --from <url> --to <url> --workspace <id> [--moved-to <address>] [--yes]

Moves a workspace from one database to another, while it is used. Without --yes it looks at both, says what it would do, and
ends. --moved-to is the PUBLIC_URL of the service on the new database: the old one names it to who still comes there.
Called again after it was killed, it goes on, or starts from the beginning; --abort gives the workspace free where it was, as long as the new
database does not have it. --forget deletes what is left at --from of a workspace that has been moved away.
`;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

interface Given {
  from: string;
  to: string;
  workspaceId: string;
  movedTo: string | null;
  does: 'plan' | 'move' | 'abort' | 'forget';
}

function readArguments(): Given | null {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      workspace: { type: 'string' },
      'moved-to': { type: 'string' },
      yes: { type: 'boolean' },
      abort: { type: 'boolean' },
      forget: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return null;
  const read = new SettingReader({
    '--from': values.from,
    '--to': values.to,
    '--workspace': values.workspace,
    '--moved-to': values['moved-to'],
  });
  const [from, to] = [read.databaseUrl('--from'), read.databaseUrl('--to')];
  const workspaceId = read.optional('--workspace', 'the id of a workspace', uuid);
  const movedTo = values['moved-to'] === undefined ? null : read.publicUrl('--moved-to', '');
  read.missing('--from', 'is required');
  if (!values.forget) read.missing('--to', 'is required');
  read.missing('--workspace', 'is required');
  read.throwFaults();
  const does = values.forget ? 'forget' : values.abort ? 'abort' : values.yes ? 'move' : 'plan';
  return { from: from ?? '', to: to ?? '', workspaceId: workspaceId ?? '', movedTo, does };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Keeps everybody else from moving the same workspace, for as long as the connection lives. */
async function takeTurn(client: pg.Client, workspaceId: string): Promise<void> {
  await begin(client);
  const { rows } = await client.query<{ is: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('workspace leaves ' || $1, 0)) AS is`,
    [workspaceId],
  );
  if (!rows[0]?.is) throw new ConfigError(['Another process is moving this workspace'], { mayPass: true });
}

async function main(given: Given): Promise<void> {
  const clients: pg.Client[] = [];
  const connect = async (url: string): Promise<pg.Client> => {
    const client = await open(url);
    clients.push(client);
    return client;
  };
  try {
    const [turn, from, reader] = [
      await connect(given.from),
      await connect(given.from),
      await connect(given.from),
    ];
    await requireSchema(from, '--from');
    await takeTurn(turn, given.workspaceId);
    if (given.does === 'forget') await forget(from, given.workspaceId);
    else await moveOrTell(given, from, reader, await connect(given.to));
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
}

async function forget(from: pg.Client, workspaceId: string): Promise<void> {
  const known = await findMove(from, workspaceId);
  if (known?.phase !== 'cleared')
    throw new ConfigError(['--workspace must have been moved away from --from, to the end']);
  await forgetOldPlace(from, await requireSameTables(from, from), workspaceId);
  say('Nothing is left of the workspace here.');
}

async function moveOrTell(given: Given, from: pg.Client, reader: pg.Client, to: pg.Client): Promise<void> {
  const { workspaceId, does, movedTo } = given;
  await requireSchema(to, '--to');
  const tables = await requireSameTables(from, to);
  const [source, target] = [await keyOf(from), await keyOf(to)];
  if (source.equals(target))
    throw new ConfigError(['--from and --to must be two databases, and none a copy of the other']);
  const found = await findWorkspace(from, workspaceId);
  if (found === null) throw new ConfigError(['--workspace is not in the database of --from']);
  const known = await findMove(from, workspaceId);
  if (known !== null && known.phase !== 'copying' && !known.target.equals(target))
    throw new ConfigError(['--to must be the database to which the move of this workspace has begun']);
  if (known?.phase === 'cleared')
    throw new ConfigError([`--workspace has been moved away (${known.movedTo ?? 'without an address'})`]);
  if (does === 'abort') return abort();
  if (known?.phase === 'moved') {
    say('The workspace has been moved. Step 7 of 7: clear the old place');
    return clearOldPlace(from, tables, workspaceId);
  }
  const arrived = known !== null && (await arrivedThere(to, known.moveId));
  if (!arrived) {
    await requireRoom(to, workspaceId, found);
    await requireSameRoles({ from, to, ruled: from }, workspaceId, false);
  }
  await tellPlan(found.name, reader, tables.length, given);
  if (does === 'plan') return;
  const began = performance.now();
  await moveWorkspace({ workspaceId, from, reader, to, tables, target, source, movedTo, known, say });
  say(`Moved in ${Math.round((performance.now() - began) / 100) / 10} s.`);

  async function abort(): Promise<void> {
    if (known === null) throw new ConfigError(['--workspace is not being moved']);
    // What an attempt that was killed may still be committing there comes first.
    await begin(to);
    await to.query(`SELECT pg_advisory_xact_lock(hashtextextended('workspace arrives ' || $1, 0))`, [
      workspaceId,
    ]);
    if (known.phase === 'moved' || (await hasArrived(to, known.moveId)))
      throw new ConfigError(['--to has the workspace already: call this without --abort']);
    await unguard(from, tables, workspaceId);
    await to.query('ROLLBACK');
    say('The workspace stays where it is.');
  }
}

async function arrivedThere(to: pg.Client, moveId: string): Promise<boolean> {
  const { rows } = await to.query<{ is: boolean }>(
    `SELECT to_regclass('workspace_move.arrival') IS NOT NULL AS is`,
  );
  return rows[0]?.is === true && (await hasArrived(to, moveId));
}

async function tellPlan(name: string, from: pg.Client, tables: number, given: Given): Promise<void> {
  const { rows } = await from.query<{ users: string; members: string; chats: string }>(
    `SELECT (SELECT count(*) FROM directory_user WHERE workspace_id = $1) AS users,
       (SELECT count(*) FROM member WHERE workspace_id = $1) AS members,
       (SELECT count(*) FROM notification_channel WHERE workspace_id = $1) AS chats`,
    [given.workspaceId],
  );
  const { users = '0', members = '0', chats = '0' } = rows[0] ?? {};
  say(`“${name}”: ${users} directory users and ${members} members, in ${tables} tables.`);
  say(
    'It is copied while it is used, then closed for some seconds (503 with Retry-After to who changes something), compared',
  );
  say(
    'row by row, and from then on answered by the new database alone. Its API tokens, sessions and cursors go along.',
  );
  say(
    given.movedTo === null
      ? 'The old place will answer 421 and not say where it went: --moved-to names that.'
      : `The old place will answer 421 and name ${given.movedTo}.`,
  );
  if (Number(chats) > 0)
    say(
      `Both services must have the same SECRETS_KEY: ${chats} channels of notifications are encrypted with it.`,
    );
  if (given.does === 'plan') say('Nothing has been changed. Add --yes to move it.');
}

const unfinishedExitCode = 1;

try {
  const given = readArguments();
  if (given === null) say(usage);
  else await main(given);
} catch (error) {
  if (error instanceof ConfigError) {
    for (const fault of error.faults) process.stderr.write(`${fault}\n`);
    process.exitCode = error.mayPass ? 75 : 78;
  } else if (error instanceof TypeError && 'code' in error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 78;
  } else {
    const isOurs = error instanceof NotEqualError || error instanceof UnfinishedError;
    const outcome = error instanceof UnfinishedError ? '' : ' The workspace stays where it is.';
    process.stderr.write(`${isOurs ? error.message : errorWords(error)}.${outcome}\n`);
    process.exitCode = unfinishedExitCode;
  }
}
