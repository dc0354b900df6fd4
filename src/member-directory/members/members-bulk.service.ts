import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditAction } from '../../audit/audit-actions.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { transactionOrDryRun } from '../../database/dry-run.ts';
import { InLane } from '../../database/lanes/task.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { ConflictError, DomainError, NotFoundError } from '../../errors/domain-errors.ts';
import {
  bulkAnswer,
  bulkPeopleMax,
  type BulkResponse,
  confirmedSelection,
  type Outcome,
  requireOneChoice,
} from '../../http/paging/bulk.ts';
import { lockQueuedOf, queuePeopleOf } from '../../sync-queue/queue-people.ts';
import { noSeat } from '../../workspaces/seat-limit.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { adminAuthor, type Author } from '../events/author.ts';
import { MemberEvents, typeOfChange } from '../events/member-events.ts';
import { memberName } from '../fields/member-name.ts';
import { endMemberships } from './end-memberships.ts';
import { refuseProvisioned } from './member-change.ts';
import { readMemberIds } from './member-list.ts';
import type { MemberRow } from './member-row.ts';
import { lockMembers, updateStatus } from './member-statements.ts';
import type { MemberStatus } from './member-status.ts';
import { lockSeatRoom, type SeatRoom } from './seats.ts';
import { refusalToRemove } from './member-writer.ts';
import type { BulkMembersDto, MemberAction } from './members-bulk.dto.ts';

/** Members that are written at once; all of them in one transaction. */
const batchSizePeople = 1_000;

const statusAfter: Readonly<Record<MemberAction, MemberStatus>> = {
  deactivate: 'deactivated',
  reactivate: 'active',
  remove: 'removed',
};

const audited: Readonly<Record<MemberAction, AuditAction>> = {
  deactivate: 'members.deactivated',
  reactivate: 'members.reactivated',
  remove: 'members.removed',
};

/** An action as it is carried out. */
interface Act {
  action: MemberAction;
  author: Author;
  now: Date;
  events: MemberEvents;
  /** Whether provisioning is active, so that what it fills is not to be changed. */
  isActive: boolean;
  /** The seats that are still free for those who become active; null: as many as are needed. */
  seats: SeatRoom | null;
}

/** Deactivates, reactivates and removes many members at once, by the rules for one. */
@Injectable()
export class MembersBulkService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
  ) {}

  /**
   * Does one thing with everybody who is named, or on the list. Who is refused does not stop the others. A dry run
   * does the same, and takes all of it back.
   *
   * @throws BadInputError when nobody is chosen, or too many, or a confirmation is missing
   * @throws ConflictError `selection-changed` when others match by now than were confirmed
   */
  @InLane('overhaul')
  async act(session: Session, body: BulkMembersDto): Promise<BulkResponse> {
    const { action, memberIds, matching, dryRun = false } = body;
    requireOneChoice('memberIds', memberIds, matching);
    const author = adminAuthor(session);
    const { workspaceId } = author;
    const ids =
      matching === undefined
        ? [...new Set(memberIds?.map((id) => id.toLowerCase()))]
        : await readMemberIds(this.db, workspaceId, matching, bulkPeopleMax + 1);
    const selection = confirmedSelection(ids, body, matching !== undefined);
    const { state } = await this.workspaces.get(workspaceId);
    const outcomes = await transactionOrDryRun(this.dataSource, dryRun, async (manager) => {
      const events = new MemberEvents(author.cause);
      const seats = action === 'reactivate' ? await lockSeatRoom(dbOf(manager), workspaceId) : null;
      const act = { action, author, now: this.clock.now(), events, isActive: state === 'active', seats };
      await lockQueuedOf(dbOf(manager), workspaceId, ids);
      const result: Outcome[] = [];
      for (let from = 0; from < ids.length; from += batchSizePeople) {
        result.push(...(await carryOut(manager, act, ids.slice(from, from + batchSizePeople))));
      }
      await this.record(manager, act, result, matching);
      events.append(dbOf(manager), workspaceId, act.now);
      return result;
    });
    return bulkAnswer(outcomes, selection, dryRun);
  }

  private async record(
    manager: EntityManager,
    { action, author: { workspaceId, actor } }: Act,
    outcomes: readonly Outcome[],
    matching: BulkMembersDto['matching'],
  ): Promise<void> {
    const targets = outcomes.filter(({ refusal }) => refusal === null).map(({ id }) => id);
    if (targets.length === 0) return;
    const details = { people: targets.length, ...(matching && { matching }) };
    await this.audit.record(manager, { workspaceId, actor, action: audited[action], targets, details });
  }
}

async function carryOut(manager: EntityManager, act: Act, ids: readonly string[]): Promise<Outcome[]> {
  const { author, now, events, action } = act;
  const { workspaceId } = author;
  const db = dbOf(manager);
  const rows = new Map((await lockMembers(db, workspaceId, ids)).map((row) => [row.id, row]));
  const outcomes = ids.map((id): Outcome => {
    const row = rows.get(id);
    if (row === undefined) return { id, name: '', refusal: new NotFoundError('member') };
    return { id, name: memberName(row), refusal: refusalOf(row, act) ?? seatRefusal(act) };
  });
  const changed = outcomes.flatMap(({ id, refusal }) => (refusal === null ? (rows.get(id) ?? []) : []));
  const changedIds = changed.map(({ id }) => id);
  const after = statusAfter[action];
  await updateStatus(db, workspaceId, changedIds, after, now);
  if (after === 'removed') await endMemberships(db, workspaceId, changedIds, events);
  if (changed.length > 0) await queuePeopleOf(db, workspaceId, changedIds, 'member', now);
  for (const { id, status: before } of changed) {
    events.member(typeOfChange(before, after), id, [{ field: 'status', before, after }]);
  }
  return outcomes;
}

/** Gives one more member a seat; why there is none, where it is so. */
function seatRefusal({ seats }: Act): DomainError | null {
  if (seats === null) return null;
  if (seats.free < 1) return noSeat(seats.limit);
  seats.free -= 1;
  return null;
}

/** Why this cannot be done with a member; null where it can. */
function refusalOf(row: MemberRow, { action, author, isActive }: Act): DomainError | null {
  if (row.status === statusAfter[action]) {
    return new ConflictError(`already-${row.status}`, `This member is ${row.status} already.`);
  }
  if (row.status === 'removed')
    return new ConflictError('already-removed', 'This member is removed already.');
  if (action === 'remove') return refusalToRemove(row, author, isActive);
  if (!isActive) return null;
  try {
    refuseProvisioned(row, ['status']);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
