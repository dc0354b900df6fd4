import { bytes, moment, uuid } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** What an erased person was called, as a salted hash: their next push is noticed, and nobody can be read from it. */
export const erasedIdentity = table('erased_identity', {
  workspaceId: uuid().key(),
  /** See `identitiesOf`. */
  hash: bytes().key(),
  erasedAt: moment(),
});

/** What the hashes of a workspace are salted with; nothing that is shown holds it. */
export const erasureSalt = table('erasure_salt', {
  workspaceId: uuid().key(),
  salt: bytes(),
});
