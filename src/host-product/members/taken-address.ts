import { ConflictError } from '../../errors/domain-errors.ts';
import type { MemberRow } from '../../member-directory/members/member-row.ts';

/** Another member, active or deactivated, has the address: who it is, for the product. */
export function heldBy({ id, vendorId }: Pick<MemberRow, 'id' | 'vendorId'>): ConflictError {
  const holder = { memberId: id, externalId: vendorId };
  return new ConflictError('email-taken', 'Another member has this e-mail address.', holder);
}
