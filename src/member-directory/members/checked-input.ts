import type { Db } from '../../database/db.ts';
import { BadInputError, codedFault } from '../../errors/domain-errors.ts';
import type { Property } from '../properties/property-row.ts';
import { propertiesOf } from '../properties/property-statements.ts';
import { type MemberInput, type RawMemberInput, readMemberInput } from './member-input.ts';
import { requireMembers } from './member-statements.ts';

/** The input in stored form, its properties and references known. @throws BadInputError */
export async function readChecked(
  db: Db,
  workspaceId: string,
  raw: RawMemberInput,
): Promise<{ input: MemberInput; properties: Property[] }> {
  const properties = await propertiesOf(db, workspaceId);
  const { input, references, faults } = readMemberInput(raw, properties);
  if (input.fields.email === null) {
    faults.push(codedFault('email', 'not-an-email-address', 'must be an e-mail address'));
  }
  if (faults.length > 0) throw new BadInputError(faults);
  await requireMembers(db, workspaceId, references);
  return { input, properties };
}
