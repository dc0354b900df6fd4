import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../../audit/audit-actions.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { BadInputError, codedFault, ConflictError } from '../../errors/domain-errors.ts';
import { queuePeopleOf } from '../../sync-queue/queue-people.ts';
import { Quotas } from '../../workspaces/quotas.ts';
import type { Author } from '../events/author.ts';
import { MemberEvents, typeOfChange } from '../events/member-events.ts';
import type { Property } from '../properties/property-row.ts';
import {
  applyMemberInput,
  changesBetween,
  isProvisioned,
  refuseForeign,
  refuseProvisioned,
} from './member-change.ts';
import { endMemberships } from './end-memberships.ts';
import { type MemberInput, newMemberFaults } from './member-input.ts';
import { type MemberRow, newMemberRow } from './member-row.ts';
import { insertMember, updateMember } from './member-statements.ts';
import { requireSeat } from './seats.ts';
import type { MemberSource, MemberStatus } from './member-status.ts';

/** What is said about one member, in stored form; `properties` are those of the workspace. */
export interface MemberWrite {
  input: MemberInput;
  properties: readonly Property[];
  /** Undefined leaves it as it is. */
  status?: MemberStatus | undefined;
}

/**
 * Writes one member in a transaction: with the audit record, the events, and the people who are to be looked at again.
 * The rules are the same for an admin and for the host product.
 */
@Injectable()
export class MemberWriter {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly quotas: Quotas,
  ) {}

  /**
   * Adds a member.
   *
   * @throws BadInputError naming values that are missing, or that only provisioning may fill
   * @throws ForbiddenError `quota-reached`
   * @throws ConflictError `no-seat`
   * @throws a violation of `member_email_key` or `member_vendor_id` for what another member has
   */
  async create(
    manager: EntityManager,
    author: Author,
    source: MemberSource,
    { input, properties, status = 'active' }: MemberWrite,
  ): Promise<MemberRow> {
    const { workspaceId, cause } = author;
    const now = this.clock.now();
    const faults = newMemberFaults(input, properties);
    if (faults.length > 0) throw new BadInputError(faults);
    const { after } = applyMemberInput(newMemberRow(now, source), input, status);
    const db = dbOf(manager);
    await this.quotas.require(db, workspaceId, 'members');
    if (after.status === 'active') await requireSeat(db, workspaceId);
    await insertMember(db, workspaceId, after);
    await queuePeopleOf(dbOf(manager), workspaceId, [after.id], 'member', now);
    await this.record(manager, author, 'member.created', after.id, {});
    const events = new MemberEvents(cause);
    events.member('member.created', after.id);
    events.append(db, workspaceId, now);
    return after;
  }

  /**
   * Changes a member, whose row is locked. A change that changes nothing leaves `updatedAt` and the version alone.
   *
   * @param isActive whether provisioning is active, so that what it fills is not to be changed
   * @returns the row after it
   * @throws BadInputError for a member who would be their own manager
   * @throws ConflictError `field-provisioned`, `no-seat`
   * @throws a violation of `member_email_key` or `member_vendor_id` for what another member has
   */
  async change(
    manager: EntityManager,
    author: Author,
    row: MemberRow,
    { input, properties, status }: MemberWrite,
    isActive: boolean,
  ): Promise<MemberRow> {
    const { workspaceId, cause } = author;
    const { id } = row;
    if (input.managerId === id)
      throw new BadInputError([codedFault('managerId', 'self', 'is the same member')]);
    const { after, changed } = applyMemberInput(row, input, status);
    if (changed.length === 0) return row;
    if (isActive) refuseProvisioned(row, changed);
    refuseForeign(changed, properties);
    const now = this.clock.now();
    after.updatedAt = now;
    const db = dbOf(manager);
    if (after.status === 'active' && row.status !== 'active') await requireSeat(db, workspaceId);
    await updateMember(db, workspaceId, after);
    if (changed.includes('email') || changed.includes('status')) {
      await queuePeopleOf(dbOf(manager), workspaceId, [id], 'member', now);
    }
    await this.record(manager, author, 'member.updated', id, { fields: changed });
    const events = new MemberEvents(cause);
    events.member(typeOfChange(row.status, after.status), id, changesBetween(row, after, changed));
    events.append(db, workspaceId, now);
    return after;
  }

  /**
   * Removes a member, whose row is locked: the address is free again, the record stays. Removing a member twice is no
   * error.
   *
   * @param isActive whether provisioning is active
   * @throws ConflictError `member-provisioned` when the next synchronization would bring the member back
   */
  async remove(manager: EntityManager, author: Author, row: MemberRow, isActive: boolean): Promise<void> {
    const { workspaceId, cause } = author;
    const { id } = row;
    if (row.status === 'removed') return;
    const refusal = refusalToRemove(row, author, isActive);
    if (refusal !== null) throw refusal;
    const removed: MemberStatus = 'removed';
    const now = this.clock.now();
    const db = dbOf(manager);
    await updateMember(db, workspaceId, { ...row, status: removed, updatedAt: now });
    const events = new MemberEvents(cause);
    await endMemberships(db, workspaceId, [id], events);
    await queuePeopleOf(dbOf(manager), workspaceId, [id], 'member', now);
    await this.record(manager, author, 'member.removed', id, {});
    events.member('member.removed', id, [{ field: 'status', before: row.status, after: removed }]);
    events.append(db, workspaceId, now);
  }

  private record(
    manager: EntityManager,
    { workspaceId, actor }: Author,
    action: AuditAction,
    target: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(manager, { workspaceId, actor, action, target, details });
  }
}

/**
 * Why a member cannot be removed: the next synchronization would bring them back.
 *
 * @param isActive whether provisioning is active
 */
export function refusalToRemove(row: MemberRow, author: Author, isActive: boolean): ConflictError | null {
  const isKept = isActive && row.status === 'active' && isProvisioned(row) && !row.isExcluded;
  return isKept ? stillProvisioned(row, author) : null;
}

/** Who is held has been unassigned or disabled in the identity provider already. */
function stillProvisioned({ heldSince }: MemberRow, { actor }: Author): ConflictError {
  const otherwise =
    actor.kind === 'admin' ? '.' : ', or exclude the person from synchronization first: POST …/exclude.';
  const advice =
    heldSince === null
      ? `User provisioning keeps this member. Unassign or disable the person in the identity provider instead${otherwise}`
      : `The removal guard holds the removal of this member. Approve the held removal instead${otherwise}`;
  return new ConflictError('member-provisioned', advice);
}
