import type { Db } from '../database/db.ts';
import { sql } from '../database/sql.ts';
import { beginningHash } from './chain.ts';

/** The end of a chain, and up to where it is no longer kept. */
export interface AuditHead {
  workspaceId: string;
  sequence: number;
  /** In hexadecimal digits. */
  hash: string;
  prunedSequence: number;
}

/** The end of the chain of a workspace, or of the installation. */
export async function readAuditHead(db: Db, workspaceId: string): Promise<AuditHead> {
  const { rows } = await db.run(sql<{ sequence: string; hash: Buffer; pruned: string }>`
    SELECT sequence, hash, pruned FROM audit_head WHERE workspace_id = ${workspaceId}`);
  const { sequence = '0', hash = beginningHash, pruned = '0' } = rows[0] ?? {};
  return {
    workspaceId,
    sequence: Number(sequence),
    hash: hash.toString('hex'),
    prunedSequence: Number(pruned),
  };
}
