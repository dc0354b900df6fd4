import { Injectable } from '@nestjs/common';
import { CursorSeal, type SealedCursors } from '../database/cursor-seal.ts';
import type { Db } from '../database/db.ts';
import { type PublishedStream, publishPositions } from '../database/publish-positions.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, type Sql, sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { BadInputError, CursorTooOldError } from '../errors/domain-errors.ts';
import type { AuditRecord } from './audit.service.ts';
import { toRecord } from './audit-row.ts';
import { chainColumns, type ChainRow } from './chain-row.ts';

/** Workspaces that one statement publishes; the rest come with the next. */
const publishedAtOnceMax = 500;
/** Positions that one page reads at most: those of workspaces that the reader may not see are among them. */
const positionsAtOnceMax = 2_000;

const records: PublishedStream = {
  head: sql`audit_head`,
  publication: sql`audit_publication`,
  published: sql`published_audit`,
};

/** A record as those need it who keep a copy of the log. */
export interface FedRecord extends AuditRecord {
  workspaceId: string;
  previousHash: string | null;
  hash: string | null;
  salt: string | null;
  redacted: Record<string, string> | null;
}

/** A page of the feed; `next` is what the next page continues after, also where there are no items. */
export interface FedPage {
  items: FedRecord[];
  next: string;
  more: boolean;
}

/** What to read: of one workspace or of all that `visible` names (null: all), after a cursor. */
export interface FeedQuery {
  after: string | undefined;
  workspaceId: string | null;
  visible: readonly string[] | null;
  limit: number;
}

/** A place in the feed of one workspace, or in that over all of them; see {@link AuditFeed}. */
type Place =
  { kind: 'w'; workspaceId: string; sequence: bigint } | { kind: 'g'; position: bigint; sequence: bigint };

/**
 * Reads the audit log in the order in which it is chained, for those who keep a copy of it. Of one workspace that is the
 * order of the sequences. Over all workspaces, records get a position when somebody asks for the feed: a position is given
 * to what is committed, and nothing ever appears before one that was read, so a reader misses nothing.
 */
@Injectable()
export class AuditFeed {
  private readonly cursors: SealedCursors;

  constructor(
    private readonly db: StatementPool,
    seal: CursorSeal,
  ) {
    this.cursors = seal.of('audit-feed');
  }

  /**
   * @throws BadInputError for a cursor of another feed
   * @throws CursorTooOldError when what followed it is no longer kept
   */
  @InLane('list')
  async page(query: FeedQuery): Promise<FedPage> {
    const place = this.read(query);
    return query.workspaceId === null
      ? this.ofAll(query, place as Extract<Place, { kind: 'g' }> | null)
      : this.ofOne(query.workspaceId, query.limit, place?.sequence ?? null);
  }

  private async ofOne(workspaceId: string, limit: number, after: bigint | null): Promise<FedPage> {
    const workspace = parameter(workspaceId);
    const { rows: heads } = await this.db.run(
      sql<{ pruned: string }>`SELECT pruned FROM audit_head WHERE workspace_id = ${workspace}`,
    );
    const pruned = BigInt(heads[0]?.pruned ?? 0);
    const from = after ?? pruned;
    if (from < pruned) throw tooOld();
    const { rows } = await this.db.run(sql<ChainRow>`SELECT ${chainColumns} FROM audit_log
      WHERE workspace_id = ${workspace} AND sequence > ${from} ORDER BY sequence LIMIT ${limit + 1}`);
    const items = rows.slice(0, limit);
    const last = BigInt(items.at(-1)?.sequence ?? from);
    return {
      items: items.map(toFed),
      next: this.write({ kind: 'w', workspaceId, sequence: last }),
      more: rows.length > limit,
    };
  }

  private async ofAll(
    { visible, limit }: FeedQuery,
    after: Extract<Place, { kind: 'g' }> | null,
  ): Promise<FedPage> {
    while ((await publish(this.db)) === publishedAtOnceMax);
    const newest = await newestPosition(this.db);
    const from = after ?? { kind: 'g' as const, position: 0n, sequence: 0n };
    const upTo = from.position + BigInt(positionsAtOnceMax);
    const end = upTo < newest ? upTo : newest;
    const begin = parameter(from.position);
    const seen = parameter(visible === null ? null : [...visible]);
    const positions = sql`SELECT position, workspace_id, last_sequence, greatest(first_sequence,
        CASE position WHEN ${begin}::bigint + 1 THEN ${from.sequence}::bigint + 1 ELSE 0 END) AS first_sequence
      FROM published_audit WHERE position > ${begin}::bigint AND position <= ${end}::bigint
        AND (${seen}::uuid[] IS NULL OR workspace_id = ANY (${seen}::uuid[]))`;
    if (after !== null) await this.requireKept(positions);
    const { rows } = await this.db.run(sql<ChainRow & { position: string }>`
      SELECT p.position, r.* FROM (${positions}) p
      CROSS JOIN LATERAL (SELECT ${chainColumns} FROM audit_log WHERE audit_log.workspace_id = p.workspace_id
        AND sequence BETWEEN p.first_sequence AND p.last_sequence ORDER BY sequence OFFSET 0) r
      ORDER BY p.position, r.sequence LIMIT ${limit + 1}`);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const isCut = rows.length > limit && last !== undefined;
    const next: Place = isCut
      ? { kind: 'g', position: BigInt(last.position) - 1n, sequence: BigInt(last.sequence ?? 0) }
      : {
          kind: 'g',
          position: end > from.position ? end : from.position,
          sequence: end > from.position ? 0n : from.sequence,
        };
    return { items: items.map(toFed), next: this.write(next), more: isCut || end < newest };
  }

  /** @throws CursorTooOldError when records that the reader has not seen are no longer kept */
  private async requireKept(positions: Sql): Promise<void> {
    const { rows } = await this.db.run(sql<{ gone: boolean }>`SELECT EXISTS (SELECT FROM (${positions}) p
      JOIN audit_head h ON h.workspace_id = p.workspace_id WHERE h.pruned >= p.first_sequence) AS gone`);
    if (rows[0]?.gone === true) throw tooOld();
  }

  private write(place: Place): string {
    const text =
      place.kind === 'w'
        ? `w ${place.workspaceId} ${place.sequence}`
        : `g ${place.position} ${place.sequence}`;
    return this.cursors.seal(Buffer.from(text));
  }

  private read({ after, workspaceId }: FeedQuery): Place | null {
    if (after === undefined) return null;
    const [kind, first = '', second = ''] = (this.cursors.open(after)?.toString() ?? '').split(' ');
    if (kind === 'w' && first === workspaceId) return { kind, workspaceId: first, sequence: BigInt(second) };
    if (kind === 'g' && workspaceId === null)
      return { kind, position: BigInt(first), sequence: BigInt(second) };
    throw new BadInputError([
      { path: 'after', message: 'This is not a cursor that this audit log has been answered with.' },
    ]);
  }
}

/**
 * Gives committed records their place in the feed over all workspaces, see `publishPositions`.
 *
 * @returns how many workspaces had something new
 */
async function publish(db: Db): Promise<number> {
  return (await db.run(publishPositions(records, publishedAtOnceMax))).count;
}

async function newestPosition(db: Db): Promise<bigint> {
  const { rows } = await db.run(sql<{ position: string }>`SELECT position FROM audit_publication`);
  return BigInt(rows[0]?.position ?? 0);
}

function toFed(row: ChainRow): FedRecord {
  const hex = (bytes: Buffer | null) => bytes?.toString('hex') ?? null;
  return {
    ...toRecord(row),
    workspaceId: row.workspace_id,
    previousHash: hex(row.previous_hash),
    hash: hex(row.hash),
    salt: hex(row.salt),
    redacted: row.redacted,
  };
}

function tooOld(): CursorTooOldError {
  return new CursorTooOldError(
    'What follows this cursor is no longer kept. Read on without one, from the oldest record.',
  );
}
