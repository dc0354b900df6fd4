import { bytes, moment } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** An assertion that somebody has signed in with, until it would have expired anyway: it works once. */
export const spentAssertion = table(
  'spent_assertion',
  {
    /** Of its issuer and `jti`. */
    idHash: bytes().key(),
    expiresAt: moment(),
  },
  { indexes: { spent_assertion_expiry: { on: ['expiresAt'] } } },
);
