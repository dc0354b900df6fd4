import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { byAdmin, MemberEvents, typeOfChange } from '../events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { cursorsOf, decodePlace, type Page, pageWithin } from '../../http/paging/page.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { isUuid } from '../../database/uuid.ts';
import { BadInputError, codedFault, ConflictError, NotFoundError } from '../../errors/domain-errors.ts';
import { Precondition } from '../../http/request/precondition.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import {
  applyMemberInput,
  changesBetween,
  isProvisioned,
  refuseForeign,
  refuseProvisioned,
} from './member-change.ts';
import { type MemberInput, newMemberFaults, type RawMemberInput, readMemberInput } from './member-input.ts';
import { readMemberPage } from './member-list.ts';
import { type Member, type MemberRow, memberSelectList, newMemberRow, toMember } from './member-row.ts';
import type { MemberStatus } from './member-status.ts';
import { insertMember, lockMember, requireMembers, updateMember } from './member-statements.ts';
import type { MemberChangeDto, MemberListQuery, NewMemberDto } from './member.dto.ts';
import type { Property } from '../properties/property-row.ts';
import { propertiesOf } from '../properties/property-statements.ts';
import { queuePeopleOf } from '../../sync-queue/queue-people.ts';
import { InLane } from '../../database/lanes/task.ts';

/** The members of a workspace, for its admin. */
@Injectable()
export class MembersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
  ) {}

  /**
   * The members, in order of creation unless the query asks for another. Without a status, everyone who is not removed.
   *
   * @throws BadInputError for a cursor that this list has not issued
   */
  @InLane('list')
  async list(workspaceId: string, query: MemberListQuery): Promise<Page<Member>> {
    const { sort = 'createdAt', order = 'asc' } = query;
    const cursors = cursorsOf(this.seal, 'members', workspaceId, { ...query, sort, order });
    const place = decodePlace(cursors, query.cursor);
    const rows = await readMemberPage(this.db, workspaceId, query, { place, limit: query.limit });
    return pageWithin(cursors, rows, query.limit, toMember);
  }

  /** One member, a removed one too. @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<Member> {
    if (!isUuid(id)) throw new NotFoundError('member');
    const { rows } = await this.db.run(
      sql<MemberRow>`SELECT ${memberSelectList} FROM member m WHERE m.workspace_id = ${workspaceId} AND m.id = ${id}`,
    );
    const [row] = rows;
    if (!row) throw new NotFoundError('member');
    return toMember(row);
  }

  /**
   * Adds a member by hand.
   *
   * @throws BadInputError naming each value that does not fit
   * @throws ConflictError `email-taken`
   */
  async create(session: Session, body: NewMemberDto): Promise<Member> {
    const { workspaceId } = session;
    const now = this.clock.now();
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const { input, properties } = await readChecked(db, workspaceId, body);
      const faults = newMemberFaults(input, properties);
      if (faults.length > 0) throw new BadInputError(faults);
      const { after } = applyMemberInput(newMemberRow(now, 'manual'), input);
      await insertMember(db, workspaceId, after);
      await queuePeopleOf(manager, workspaceId, [after.id], 'member', now);
      await this.audit.byAdmin(manager, session, 'member.created', after.id, {});
      const events = new MemberEvents(byAdmin);
      events.member('member.created', after.id);
      events.append(db, workspaceId, now);
      return toMember(after);
    });
  }

  /**
   * Changes a member. What is left out stays, null clears; a change that changes nothing leaves `updatedAt` alone.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws BadInputError naming each value that does not fit
   * @throws ConflictError `email-taken`, or `field-provisioned` while provisioning is active and fills the field, and
   *   for a property that provisioning alone fills
   */
  async update(
    session: Session,
    id: string,
    body: MemberChangeDto,
    precondition = Precondition.none,
  ): Promise<Member> {
    const { workspaceId } = session;
    const { state } = await this.workspaces.get(workspaceId);
    const now = this.clock.now();
    const { status, ...values } = body;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const row = await lockMember(db, workspaceId, id);
      precondition.check(toMember(row));
      const { input, properties } = await readChecked(db, workspaceId, values);
      if (input.managerId === id)
        throw new BadInputError([codedFault('managerId', 'self', 'is the same member')]);
      const { after, changed } = applyMemberInput(row, input, status);
      if (changed.length === 0) return toMember(row);
      if (state === 'active') refuseProvisioned(row, changed);
      refuseForeign(changed, properties);
      after.updatedAt = now;
      await updateMember(db, workspaceId, after);
      if (changed.includes('email') || changed.includes('status')) {
        await queuePeopleOf(manager, workspaceId, [id], 'member', now);
      }
      await this.audit.byAdmin(manager, session, 'member.updated', id, { fields: changed });
      const events = new MemberEvents(byAdmin);
      events.member(typeOfChange(row.status, after.status), id, changesBetween(row, after, changed));
      events.append(db, workspaceId, now);
      return toMember(after);
    });
  }

  /**
   * Removes a member: the address is free again, the record stays. Removing a member twice is no error.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `member-provisioned` when the next synchronization would bring the member back
   */
  async remove(session: Session, id: string, precondition = Precondition.none): Promise<void> {
    const { workspaceId } = session;
    const { state } = await this.workspaces.get(workspaceId);
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const row = await lockMember(db, workspaceId, id);
      precondition.check(toMember(row));
      if (row.status === 'removed') return;
      if (state === 'active' && row.status === 'active' && isProvisioned(row)) throw stillProvisioned(row);
      const removed: MemberStatus = 'removed';
      await updateMember(db, workspaceId, { ...row, status: removed, updatedAt: now });
      const left = await db.run(
        sql<{ groupId: string; memberId: string }>`DELETE FROM member_group_member
         WHERE workspace_id = ${workspaceId} AND member_id = ${id}
         RETURNING group_id AS "groupId", member_id AS "memberId"`,
      );
      await queuePeopleOf(manager, workspaceId, [id], 'member', now);
      await this.audit.byAdmin(manager, session, 'member.removed', id, {});
      const events = new MemberEvents(byAdmin);
      events.memberships('group.member_removed', left.rows);
      events.member('member.removed', id, [{ field: 'status', before: row.status, after: removed }]);
      events.append(db, workspaceId, now);
    });
  }
}

/** The input in stored form, its properties and references known. @throws BadInputError */
async function readChecked(
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

/** Who is held has been unassigned or disabled in the identity provider already. */
function stillProvisioned({ heldSince }: MemberRow): ConflictError {
  const advice =
    heldSince === null
      ? 'User provisioning keeps this member. Unassign or disable the person in the identity provider instead.'
      : 'The removal guard holds the removal of this member. Approve the held removal instead.';
  return new ConflictError('member-provisioned', advice);
}
