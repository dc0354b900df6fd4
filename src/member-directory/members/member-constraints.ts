import { registerConstraint } from '../../errors/constraint-errors.ts';
import { ConflictError } from '../../errors/domain-errors.ts';

/** Says what the constraints of this room's tables mean. Called once, when the module is set up. */
export function registerMemberConstraints(): void {
  registerConstraint('member_email_key', emailTaken);
  registerConstraint(
    'property_key_key',
    () => new ConflictError('property-key-taken', 'Another property has this key.'),
  );
}

/** Another member, active or deactivated, has the address. */
export function emailTaken(): ConflictError {
  return new ConflictError('email-taken', 'Another member has this e-mail address.');
}
