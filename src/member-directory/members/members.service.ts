import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { isUuid } from '../../database/uuid.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { cursorsOf, decodePlace, type Page, pageWithin } from '../../http/paging/page.ts';
import { Precondition } from '../../http/request/precondition.ts';
import { lockSeats } from '../../workspaces/seat-limit.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { adminAuthor } from '../events/author.ts';
import { readChecked } from './checked-input.ts';
import { countMembers, readMemberPage } from './member-list.ts';
import { type Member, type MemberRow, memberSelectList, toMember } from './member-row.ts';
import { lockMember } from './member-statements.ts';
import { MemberWriter } from './member-writer.ts';
import type { MemberChangeDto, MemberListQuery, NewMemberDto } from './member.dto.ts';

/** A page of members; `total`: how many there are on all pages, where that was asked for. */
export interface MemberPage extends Page<Member> {
  total: number | null;
}

/** The members of a workspace, for its admin. */
@Injectable()
export class MembersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly workspaces: WorkspacesService,
    private readonly writer: MemberWriter,
  ) {}

  /**
   * The members, in order of creation unless the query asks for another. Without a status, everyone who is not removed.
   *
   * @throws BadInputError for a cursor that this list has not issued
   */
  @InLane('list')
  async list(workspaceId: string, query: MemberListQuery): Promise<MemberPage> {
    const { total, ...asked } = query;
    const { sort = 'createdAt', order = 'asc' } = asked;
    const cursors = cursorsOf(this.seal, 'members', workspaceId, { ...asked, sort, order });
    const place = decodePlace(cursors, query.cursor);
    const rows = await readMemberPage(this.db, workspaceId, query, { place, limit: query.limit });
    return {
      ...pageWithin(cursors, rows, query.limit, toMember),
      total: total === undefined ? null : await countMembers(this.db, workspaceId, asked),
    };
  }

  /** One member, a removed one too. @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<Member> {
    if (!isUuid(id)) throw new NotFoundError('member');
    const workspace = parameter(workspaceId);
    const { rows } = await this.db.run(
      sql<MemberRow>`SELECT ${memberSelectList(workspace)} FROM member m WHERE m.workspace_id = ${workspace} AND m.id = ${id}`,
    );
    const [row] = rows;
    if (!row) throw new NotFoundError('member');
    return toMember(row);
  }

  /**
   * Adds a member by hand.
   *
   * @throws BadInputError naming each value that does not fit
   * @throws ConflictError `email-taken`, `no-seat`
   */
  async create(session: Session, body: NewMemberDto): Promise<Member> {
    return this.dataSource.transaction(async (manager) => {
      const write = await readChecked(dbOf(manager), session.workspaceId, body);
      return toMember(await this.writer.create(manager, adminAuthor(session), 'manual', write));
    });
  }

  /**
   * Changes a member. What is left out stays, null clears; a change that changes nothing leaves `updatedAt` alone.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws BadInputError naming each value that does not fit
   * @throws ConflictError `email-taken`, or `field-provisioned` while provisioning is active and fills the field, and
   *   for a property that provisioning alone fills; `no-seat`
   */
  async update(
    session: Session,
    id: string,
    body: MemberChangeDto,
    precondition = Precondition.none,
  ): Promise<Member> {
    const { workspaceId } = session;
    const { state } = await this.workspaces.get(workspaceId);
    const { status, ...values } = body;
    return this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      // A run locks the seats first, then members.
      if (status === 'active') await lockSeats(db, workspaceId);
      const row = await lockMember(db, workspaceId, id);
      precondition.check(toMember(row));
      const write = { ...(await readChecked(db, workspaceId, values)), status };
      return toMember(
        await this.writer.change(manager, adminAuthor(session), row, write, state === 'active'),
      );
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
    await this.dataSource.transaction(async (manager) => {
      const row = await lockMember(dbOf(manager), workspaceId, id);
      precondition.check(toMember(row));
      await this.writer.remove(manager, adminAuthor(session), row, state === 'active');
    });
  }
}
