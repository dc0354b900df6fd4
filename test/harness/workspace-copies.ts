import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createSecret, randomLengthBytes, shownPartsOf } from '../../src/http/request/token-secret.ts';
import { workspaceTables } from '../../src/workspaces/workspace-tables.ts';
import type { FakeClock } from './fake-clock.ts';

/** A workspace with what its clients need to speak for it. */
export interface NewWorkspace {
  id: string;
  adminToken: string;
  /** Secret of its API token; empty while provisioning is not active. */
  token: string;
}

/** A workspace as it was right after its creation: its rows by table, as JSON. */
interface Original extends NewWorkspace {
  madeAtMs: number;
  rows: string;
  /** Its tables that have rows; a table comes after those that it refers to. */
  tables: readonly string[];
}

/**
 * An event that was published once is published again in the copy: positions in the feed over all workspaces are the
 * service's.
 */
const notCopied: ReadonlySet<string> = new Set(['published_event', 'published_audit']);
const copied = ['workspace', ...workspaceTables.toReversed()].filter((table) => !notCopied.has(table));

const anyUuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const anyHash = /\\\\x[0-9a-f]{64}/g;

/**
 * Makes new workspaces out of the rows of one that was made over HTTP. Most tests begin with a new workspace, and the five
 * requests that make one are more work than most tests.
 */
export class WorkspaceCopies {
  private readonly dataSource: DataSource;
  private readonly clock: FakeClock;
  private readonly originals = new Map<string, Original>();

  constructor(dataSource: DataSource, clock: FakeClock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * @param kind names how the workspace is to be
   * @param make makes one over HTTP: the first, and after the clock was turned, because rows hold times
   */
  async make(kind: string, make: () => Promise<NewWorkspace>): Promise<NewWorkspace> {
    const original = this.originals.get(kind);
    if (original?.madeAtMs === this.clock.now().getTime()) return this.copy(original);
    const made = await make();
    this.originals.set(kind, await this.read(made));
    return made;
  }

  private async read(made: NewWorkspace): Promise<Original> {
    const parts = copied.map((table) => {
      const key = table === 'workspace' ? 'id' : 'workspace_id';
      return `SELECT '${table}' AS name, jsonb_agg(to_jsonb(t)) AS rows FROM ${table} t WHERE ${key} = $1`;
    });
    const [{ rows, tables }] = await this.dataSource.query<[{ rows: string; tables: string[] }]>(
      `SELECT jsonb_object_agg(name, rows)::text AS rows, array_agg(name ORDER BY array_position($2, name)) AS tables
       FROM (${parts.join(' UNION ALL ')}) every WHERE rows IS NOT NULL`,
      [made.id, copied],
    );
    return { ...made, rows, tables, madeAtMs: this.clock.now().getTime() };
  }

  private async copy(original: Original): Promise<NewWorkspace> {
    const ids = new Map<string, string>();
    const adminToken = secretLike(original.adminToken);
    const token = original.token && secretLike(original.token);
    const hashes = new Map([
      [storedHash(original.adminToken), storedHash(adminToken)],
      [storedHash(original.token), storedHash(token)],
    ]);
    const shown = shownPartsOf(original.token);
    const rows = original.rows
      .replace(anyUuid, (id) => kept(ids, id, () => likeUuid(id)))
      .replace(anyHash, (stored) => kept(hashes, stored, () => storedHash(randomUUID())))
      .replaceAll(`"${shown.prefix}"`, `"${shownPartsOf(token).prefix}"`)
      .replaceAll(`"${shown.lastFour}"`, `"${shownPartsOf(token).lastFour}"`)
      .replaceAll(/"slug": "([^"]*)"/g, `"slug": "$1-${randomUUID().slice(0, 13)}"`)
      .replaceAll(/"published": \d+/g, '"published": 0');
    const inserts = original.tables.map(
      (table) =>
        `into_${table} AS (INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb -> '${table}'))`,
    );
    await this.dataSource.query(`WITH ${inserts.join(', ')} SELECT`, [rows]);
    return { id: kept(ids, original.id, randomUUID), adminToken, token };
  }
}

function kept(known: Map<string, string>, old: string, make: () => string): string {
  const found = known.get(old) ?? make();
  known.set(old, found);
  return found;
}

/** The time in an id stays, and with it the order of ids. */
function likeUuid(id: string): string {
  return id.slice(0, 19) + randomUUID().slice(19);
}

/** A new secret of the same kind. */
function secretLike(secret: string): string {
  return createSecret(secret.slice(0, secret.indexOf('_') + 1), randomBytes(randomLengthBytes));
}

/** A SHA-256 as PostgreSQL writes it into JSON. */
function storedHash(secret: string): string {
  return `\\\\x${hash('sha256', secret)}`;
}
