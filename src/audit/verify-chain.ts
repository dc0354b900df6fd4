import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';
import { chainColumns, type ChainRow, toChained } from './chain-row.ts';
import { beginningHash, hashOf } from './chain.ts';
import { Redactions } from './redactions.ts';

/** What is wrong with a chain, and where. */
export interface ChainFinding {
  workspaceId: string;
  kind: 'removed' | 'altered' | 'inserted' | 'head-differs';
  /** The record: its sequence, and its id where there is one. */
  sequence: string | null;
  id: string | null;
  says: string;
}

/** The end of a chain, as it was exported. */
export interface ChainHead {
  workspaceId: string;
  sequence: string;
  hash: string;
}

/** What was found in the chain of one workspace. */
export interface ChainReport {
  workspaceId: string;
  records: number;
  /** Records of before there was a chain, which nothing shows to be as they were. */
  unchained: number;
  redacted: number;
  /** Of those, records that nothing vouches for: an erasure of an earlier version, which named none, may have redacted them. */
  unnamed: number;
  head: ChainHead;
  findings: ChainFinding[];
}

const rowsAtOnceMax = 1_000;

interface HeadRow {
  workspace_id: string;
  sequence: string;
  hash: Buffer;
  pruned: string;
  pruned_hash: Buffer | null;
}

/**
 * Follows the chains of all workspaces, or of one, from their first kept record to their head.
 *
 * @param exported heads that were exported earlier: each must still be in its chain
 * @param workspaceId only this one
 */
export async function* verifyChains(
  db: Db,
  exported: readonly ChainHead[] = [],
  workspaceId: string | null = null,
): AsyncGenerator<ChainReport> {
  const { rows: heads } = await db.run(sql<HeadRow>`
    SELECT workspace_id, sequence, hash, pruned, pruned_hash FROM audit_head
    WHERE ${workspaceId}::uuid IS NULL OR workspace_id = ${workspaceId}::uuid ORDER BY workspace_id`);
  for (const head of heads)
    yield await verifyChain(
      db,
      head,
      exported.filter((each) => each.workspaceId === head.workspace_id),
    );
  const known = new Set(heads.map((head) => head.workspace_id));
  for (const headless of await chainsWithoutHead(db, workspaceId)) {
    known.add(headless.workspaceId);
    yield headless;
  }
  for (const head of exported.filter((each) => !known.has(each.workspaceId) && isAsked(each, workspaceId)))
    yield {
      ...{ workspaceId: head.workspaceId, records: 0, unchained: 0, redacted: 0, unnamed: 0, head },
      findings: [differs(head, 'there is no chain of this workspace')],
    };
}

/** Records that have a place in a chain whose head somebody has removed. */
async function chainsWithoutHead(db: Db, workspaceId: string | null): Promise<ChainReport[]> {
  const { rows } = await db.run(sql<{ id: string; records: number }>`
    SELECT workspace_id AS id, count(*)::int AS records FROM audit_log a
    WHERE sequence IS NOT NULL AND (${workspaceId}::uuid IS NULL OR workspace_id = ${workspaceId}::uuid)
      AND NOT EXISTS (SELECT FROM audit_head h WHERE h.workspace_id = a.workspace_id)
    GROUP BY workspace_id ORDER BY workspace_id`);
  return rows.map(({ id, records }) => {
    const head = { workspaceId: id, sequence: '0', hash: beginningHash.toString('hex') };
    const says = 'the head of the chain is missing';
    const finding = { workspaceId: id, kind: 'removed', sequence: null, id: null, says } as const;
    return { workspaceId: id, records, unchained: 0, redacted: 0, unnamed: 0, head, findings: [finding] };
  });
}

function isAsked({ workspaceId }: ChainHead, asked: string | null): boolean {
  return asked === null || workspaceId === asked;
}

async function verifyChain(db: Db, head: HeadRow, exported: readonly ChainHead[]): Promise<ChainReport> {
  const workspaceId = head.workspace_id;
  const walk = new Walk(head, exported);
  let after = head.pruned;
  for (;;) {
    const { rows } = await db.run(sql<ChainRow>`SELECT ${chainColumns} FROM audit_log
      WHERE workspace_id = ${workspaceId} AND sequence > ${after} ORDER BY sequence LIMIT ${rowsAtOnceMax}`);
    for (const row of rows) walk.step(row);
    if (rows.length < rowsAtOnceMax) break;
    after = rows.at(-1)?.sequence ?? after;
  }
  const { rows: loose } = await db.run(sql<{ id: string; isLater: boolean }>`
    SELECT id, at > (SELECT min(at) FROM audit_log WHERE workspace_id = ${workspaceId} AND sequence IS NOT NULL) AS "isLater"
    FROM audit_log WHERE workspace_id = ${workspaceId} AND sequence IS NULL ORDER BY id`);
  return walk.end(loose);
}

/** Follows one chain, a record at a time. */
class Walk {
  private readonly findings: ChainFinding[] = [];
  private readonly head: HeadRow;
  private readonly exported: Map<string, ChainHead>;
  private sequence: bigint;
  private hash: Buffer | null;
  private records = 0;
  private readonly redactions = new Redactions();

  constructor(head: HeadRow, exported: readonly ChainHead[]) {
    this.head = head;
    this.sequence = BigInt(head.pruned);
    this.hash = head.pruned === '0' ? beginningHash : head.pruned_hash;
    this.exported = new Map(exported.map((each) => [each.sequence, each]));
    const last = this.exported.get(head.pruned);
    if (last !== undefined && head.pruned_hash?.toString('hex') !== last.hash)
      this.findings.push(differs(last, 'the last record that is no longer kept had another hash'));
  }

  step(row: ChainRow): void {
    const record = toChained(row);
    this.records += 1;
    this.redactions.see(record);
    const isNext = record.sequence === this.sequence + 1n;
    if (!isNext) {
      const missing = record.sequence - this.sequence - 1n;
      const which =
        missing === 1n
          ? `record ${this.sequence + 1n} is`
          : `records ${this.sequence + 1n} to ${record.sequence - 1n} are`;
      this.found('removed', String(this.sequence + 1n), null, `${which} missing`);
    } else if (this.hash !== null && row.previous_hash?.equals(this.hash) !== true) {
      this.found(
        'inserted',
        row.sequence,
        row.id,
        `record ${row.sequence} does not continue the one before it`,
      );
    }
    const computed = hashOf(row.previous_hash ?? beginningHash, record);
    if (row.hash?.equals(computed) !== true)
      this.found('altered', row.sequence, row.id, `record ${row.sequence} is not as it was recorded`);
    this.compare(row);
    this.sequence = record.sequence;
    this.hash = row.hash;
  }

  end(loose: readonly { id: string; isLater: boolean | null }[]): ChainReport {
    const { workspace_id: workspaceId } = this.head;
    const headSequence = BigInt(this.head.sequence);
    if (this.sequence < headSequence)
      this.found(
        'removed',
        String(this.sequence + 1n),
        null,
        `records ${this.sequence + 1n} to ${headSequence} are missing at the end`,
      );
    else if (this.sequence > headSequence || this.hash?.equals(this.head.hash) !== true)
      this.found(
        'head-differs',
        this.head.sequence,
        null,
        'the head of the chain is not that of its newest record',
      );
    for (const { id } of loose.filter(({ isLater }) => isLater === true))
      this.found('inserted', null, id, 'a record has no place in the chain, and is later than its beginning');
    for (const { sequence, id, says } of this.redactions.faults()) this.found('altered', sequence, id, says);
    for (const head of this.exported.values())
      if (BigInt(head.sequence) > BigInt(this.head.pruned) && BigInt(head.sequence) > this.sequence)
        this.findings.push(differs(head, 'the chain ends before it'));
    const unchained = loose.filter(({ isLater }) => isLater !== true).length;
    const hash = this.head.hash.toString('hex');
    const head = { workspaceId, sequence: this.head.sequence, hash };
    const { records, findings, redactions } = this;
    const { count: redacted, unnamed } = redactions;
    return { workspaceId, records, unchained, redacted, unnamed, head, findings };
  }

  private compare({ sequence, hash }: ChainRow): void {
    const expected = this.exported.get(sequence ?? '');
    if (expected !== undefined && hash?.toString('hex') !== expected.hash)
      this.findings.push(differs(expected, 'the record there has another hash'));
  }

  private found(kind: ChainFinding['kind'], sequence: string | null, id: string | null, says: string): void {
    this.findings.push({ workspaceId: this.head.workspace_id, kind, sequence, id, says });
  }
}

function differs({ workspaceId, sequence }: ChainHead, why: string): ChainFinding {
  const says = `the exported head ${sequence} is not in the chain: ${why}`;
  return { workspaceId, kind: 'head-differs', sequence, id: null, says };
}
