import { boolean, moment, text } from '../../database/table/column.ts';
import { table } from '../../database/table/table.ts';

/** Who signs admins in beside admin links: the vendor's own sign-in. At most one row. */
export const vendorIdentity = table(
  'vendor_identity',
  {
    isOnly: boolean().key().default(true),
    issuer: text(),
    jwksUri: text(),
    audience: text(),
    updatedAt: moment(),
  },
  { checks: { vendor_identity_is_only_check: 'is_only' } },
);
