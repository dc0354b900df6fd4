import { BadInputError, codedFault, DomainError, type InputFault } from '../../errors/domain-errors.ts';
import {
  applyMemberInput,
  refuseForeign,
  refuseProvisioned,
} from '../../member-directory/members/member-change.ts';
import { type MemberInput, missing, newMemberFaults } from '../../member-directory/members/member-input.ts';
import type { MemberRow } from '../../member-directory/members/member-row.ts';
import type { PlannedMember } from '../../member-directory/import-export/import-plan.ts';
import type { SeatRoom } from '../../member-directory/members/seats.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { noSeat } from '../../workspaces/seat-limit.ts';
import { heldBy } from '../members/taken-address.ts';
import type { Draft } from './read-line.ts';

/** A line whose values were read. */
export interface ReadDraft extends Draft {
  input: MemberInput;
  faults: readonly InputFault[];
}

/** What a plan is made of. No two lines have the same id or address. */
export interface BatchScene {
  drafts: readonly ReadDraft[];
  /** Every member who has an id or an address of the lines; they are locked. */
  known: readonly MemberRow[];
  properties: readonly Property[];
  isProvisioning: boolean;
  /** The seats that are free; null: as many as are needed. */
  seats: SeatRoom | null;
  newRow: () => MemberRow;
}

/** What is to be done for a line; `changed` is empty where nothing is, and null for a new member. */
export type PlannedLine = PlannedMember | { line: number; refusal: DomainError };

/** What is to be written for each line, as if one came after the other. Pure. */
export function planBatch(scene: BatchScene): PlannedLine[] {
  const byId = new Map(scene.known.flatMap((row) => (row.vendorId === null ? [] : [[row.vendorId, row]])));
  const byAddress = new Map(
    scene.known.flatMap((row) => (row.status === 'removed' ? [] : [[foldCase(row.email), row]])),
  );
  const seats = scene.seats && { ...scene.seats };
  return scene.drafts.map((draft) => {
    try {
      const planned = planLine(draft, scene, byId, byAddress);
      if (seats !== null) takeSeat(planned, seats);
      if (planned.before !== null) byAddress.delete(foldCase(planned.before.email));
      if (planned.after.status !== 'removed') byAddress.set(foldCase(planned.after.email), planned.after);
      return planned;
    } catch (error) {
      if (error instanceof DomainError) return { line: draft.line, refusal: error };
      throw error;
    }
  });
}

/** Takes a seat for who becomes active, and gives back that of who is not any more. @throws ConflictError `no-seat` */
function takeSeat({ before, after }: PlannedMember, seats: SeatRoom): void {
  const taken = Number(after.status === 'active') - Number(before?.status === 'active');
  if (taken > seats.free) throw noSeat(seats.limit);
  seats.free -= taken;
}

function planLine(
  { line, body, input, faults }: ReadDraft,
  { properties, isProvisioning, newRow }: BatchScene,
  byId: ReadonlyMap<string, MemberRow>,
  byAddress: ReadonlyMap<string, MemberRow>,
): PlannedMember {
  if (faults.length > 0) throw new BadInputError(faults);
  const { externalId, status } = body;
  const { email } = input.fields;
  const holder = typeof email === 'string' ? (byAddress.get(foldCase(email)) ?? null) : null;
  // Members are looked for by id first: who has this id by their address only was made between the two looks.
  const isOurs = holder !== null && (holder.vendorId === null || holder.vendorId === externalId);
  const before = byId.get(externalId) ?? (isOurs ? holder : null);
  if (holder !== null && holder.id !== before?.id) throw heldBy(holder);
  const whole = { ...input, externalId };
  if (before === null) {
    const lacking = newMemberFaults(whole, properties);
    if (typeof email !== 'string') lacking.unshift(missing('email'));
    if (lacking.length > 0) throw new BadInputError(lacking);
    return {
      line,
      before,
      after: applyMemberInput(newRow(), whole, status ?? 'active').after,
      changed: null,
    };
  }
  if (whole.managerId === before.id) {
    throw new BadInputError([codedFault('managerId', 'self', 'is the same member')]);
  }
  const comesBack = before.status === 'removed' ? 'active' : undefined;
  const { after, changed } = applyMemberInput(before, whole, status ?? comesBack);
  if (isProvisioning) refuseProvisioned(before, changed);
  refuseForeign(changed, properties);
  return { line, before, after, changed };
}
