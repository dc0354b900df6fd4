import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import type { TransactionDb } from '../../database/commit-notes.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { sql } from '../../database/sql.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import type { EventCause } from '../../events/event.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { MemberEvents } from '../events/member-events.ts';
import { type Member, type MemberRow, toMember } from './member-row.ts';
import { lockMember } from './member-statements.ts';
import type { Suspension } from './suspension.ts';

/**
 * Takes access from a member at once, also where provisioning owns the status, and gives it back. A suspension is of the
 * admin alone: it stands beside the status, so that no run, leaver lane or request of the identity provider can end it.
 */
@Injectable()
export class MemberSuspensionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /**
   * Suspends a member until an admin lifts it. Of somebody without access it says that they get none should they become
   * active. Suspending a member twice is no error: the first suspension stays as it is.
   *
   * @param reason for other admins to read; null: none is given
   * @throws NotFoundError, ConflictError `member-removed`
   */
  suspend(session: Session, id: string, reason: string | null): Promise<Member> {
    return this.dataSource.transaction(async (manager) => {
      const { workspaceId, email } = session;
      const db = dbOf(manager);
      const row = await lockMember(db, workspaceId, id);
      if (row.status === 'removed') throw new ConflictError('member-removed', 'This member was removed.');
      if (row.suspension !== null) return toMember(row);
      const now = this.clock.now();
      const after = { ...row, suspension: { at: now.toISOString(), by: email, reason }, updatedAt: now };
      await writeSuspension(db, workspaceId, after);
      await this.audit.byAdmin(manager, session, 'member.suspended', id, reason === null ? {} : { reason });
      note(db, workspaceId, row, after);
      return toMember(after);
    });
  }

  /**
   * Ends a suspension by an admin. The member has access again where nothing else keeps them from it.
   *
   * @throws NotFoundError, ConflictError `not-suspended`
   */
  lift(session: Session, id: string): Promise<Member> {
    return this.dataSource.transaction(async (manager) => {
      const { workspaceId } = session;
      const db = dbOf(manager);
      const row = await lockMember(db, workspaceId, id);
      if (row.suspension === null) {
        throw new ConflictError('not-suspended', 'No admin has suspended this member.');
      }
      const after = { ...row, suspension: null, updatedAt: this.clock.now() };
      await writeSuspension(db, workspaceId, after);
      await this.audit.byAdmin(manager, session, 'member.suspension-lifted', id);
      note(db, workspaceId, row, after);
      return toMember(after);
    });
  }
}

async function writeSuspension(
  db: Db,
  workspaceId: string,
  { id, suspension, updatedAt }: { id: string; suspension: Suspension | null; updatedAt: Date },
): Promise<void> {
  await db.run(sql`
    UPDATE member SET suspension = ${suspension === null ? null : JSON.stringify(suspension)}::jsonb,
      updated_at = ${updatedAt}, version = version + 1
    WHERE workspace_id = ${workspaceId} AND id = ${id}`);
}

/** Tells of it: by what it is about where it changes the access, else only that the member changed. */
function note(db: TransactionDb, workspaceId: string, before: MemberRow, after: MemberRow): void {
  const isSuspended = after.suspension !== null;
  const code = isSuspended ? 'suspended-by-admin' : 'suspension-lifted';
  const cause: EventCause = { by: 'admin', runId: null, reason: { code, params: {} } };
  const events = new MemberEvents(cause);
  const [was, is] = [toMember(before).access, toMember(after).access];
  if (was === is) events.member('member.updated', after.id);
  else {
    const type = isSuspended ? 'member.suspended' : 'member.reactivated';
    events.member(type, after.id, [{ field: 'access', before: was, after: is }]);
  }
  events.append(db, workspaceId, after.updatedAt);
}
