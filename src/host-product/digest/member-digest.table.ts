import { bigint, bytes, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** The digest of the members of a workspace as of one of its events, to be brought forward by the events after it. */
export const memberDigest = table('member_digest', {
  workspaceId: uuid().key(),
  sequence: bigint(),
  /** For each of the 4,096 finest buckets how many members it holds, 4 bytes each. */
  counts: bytes(),
  /** The sum of their hashes, 8 bytes each. */
  sums: bytes(),
});
