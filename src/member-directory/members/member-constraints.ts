import type { ConstraintErrors } from '../../errors/constraint-errors.ts';
import { ConflictError } from '../../errors/domain-errors.ts';

/** Says what the constraints of this room's tables mean. */
export function registerMemberConstraints(constraints: ConstraintErrors): void {
  constraints.register({ constraint: 'member_email_key', toError: emailTaken });
  constraints.register({ constraint: 'member_vendor_id', toError: externalIdTaken });
  constraints.register({
    constraint: 'property_key_key',
    toError: () => new ConflictError('property-key-taken', 'Another property has this key.'),
  });
}

/** Another member, active or deactivated, has the address. */
export function emailTaken(): ConflictError {
  return new ConflictError('email-taken', 'Another member has this e-mail address.');
}

/** Another member has the vendor's own id. */
export function externalIdTaken(): ConflictError {
  return new ConflictError('external-id-taken', 'Another member has this externalId.');
}
