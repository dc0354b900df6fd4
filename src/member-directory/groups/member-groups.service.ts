import { Injectable } from '@nestjs/common';
import {
  cursorsOf,
  decodeCursor,
  decodePlace,
  type Page,
  type PageQuery,
  pageWithin,
} from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { pageWithinSize } from '../../database/rows-within.ts';
import { nothing, parameter, sql } from '../../database/sql.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { isUuid } from '../../database/uuid.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import type { GroupsOfMemberQuery, MemberGroupListQuery, MemberGroupResponse } from './member-group.dto.ts';
import { InLane } from '../../database/lanes/task.ts';
import {
  type Member,
  type MemberRow,
  memberSelectList,
  memberSizeBytes,
  toMember,
} from '../members/member-row.ts';
import {
  groupListStatement,
  groupSelectList,
  type ListedGroupRow,
  type MemberGroupRow,
  nameKey,
  toMemberGroup,
} from './member-group-list.ts';

/** Reads the member groups of a workspace; synchronization writes them. */
@Injectable()
export class MemberGroupsService {
  constructor(
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
  ) {}

  /** The groups in order of creation or of their names. @throws BadInputError for a cursor that this list has not issued */
  @InLane('list')
  async list(workspaceId: string, query: MemberGroupListQuery): Promise<Page<MemberGroupResponse>> {
    const cursors = cursorsOf(this.seal, 'groups', workspaceId, query);
    const place = decodePlace(cursors, query.cursor);
    const { rows } = await this.db.run(groupListStatement(workspaceId, query, place));
    return pageWithin(cursors, rows, query.limit, toMemberGroup);
  }

  /** One group. @throws NotFoundError */
  @InLane('list')
  async one(workspaceId: string, groupId: string): Promise<MemberGroupResponse> {
    const workspace = parameter(workspaceId);
    const { rows } = await this.db.run(
      sql<MemberGroupRow>`SELECT ${groupSelectList(workspace)} FROM member_group g
       WHERE g.workspace_id = ${workspace} AND g.id = ${groupId}`,
    );
    const [row] = rows;
    if (row === undefined) throw new NotFoundError('group');
    return toMemberGroup(row);
  }

  /**
   * The members of a group, without removed ones.
   *
   * @throws NotFoundError
   * @throws BadInputError for a cursor that this list has not issued
   */
  @InLane('list')
  async members(workspaceId: string, groupId: string, query: PageQuery): Promise<Page<Member>> {
    const cursors = cursorsOf(this.seal, 'group-members', workspaceId, { ...query, groupId });
    await this.require(workspaceId, groupId);
    const after = decodeCursor(cursors, query.cursor);
    const workspace = parameter(workspaceId);
    const { rows } = await this.db.run(
      pageWithinSize(
        sql<MemberRow>`SELECT ${memberSelectList(workspace)} FROM member_group_member gm
       JOIN member m ON m.workspace_id = ${workspace} AND m.id = gm.member_id
       WHERE gm.workspace_id = ${workspace} AND gm.group_id = ${groupId} AND m.status <> 'removed'
         ${after === null ? nothing : sql`AND gm.member_id > ${after}`}
       ORDER BY gm.member_id LIMIT ${query.limit + 1}`,
        memberSizeBytes,
        pageSizeMaxBytes,
      ),
    );
    return pageWithin(cursors, rows, query.limit, toMember);
  }

  /** The groups of a member, by name; none for an unknown member. @throws BadInputError likewise */
  @InLane('list')
  async ofMember(
    workspaceId: string,
    memberId: string,
    query: GroupsOfMemberQuery,
  ): Promise<Page<MemberGroupResponse>> {
    const cursors = cursorsOf(this.seal, 'groups-of-member', workspaceId, { ...query, memberId });
    const place = decodePlace(cursors, query.cursor);
    const behind =
      place === null ? nothing : sql`AND (${nameKey}, g.id) > (${place.sortValue}::text, ${place.id}::uuid)`;
    const workspace = parameter(workspaceId);
    const { rows } = await this.db.run(
      sql<ListedGroupRow>`
       SELECT found.*, (count(*) OVER ())::integer AS listed FROM (
         SELECT ${groupSelectList(workspace)}, ${nameKey} AS sort_value FROM member_group_member own
         JOIN member_group g ON g.workspace_id = ${workspace} AND g.id = own.group_id
         WHERE own.workspace_id = ${workspace} AND own.member_id = ${memberId} ${behind}
         ORDER BY ${nameKey}, g.id LIMIT ${query.limit + 1}) found
       ORDER BY sort_value, id`,
    );
    return pageWithin(cursors, rows, query.limit, toMemberGroup);
  }

  private async require(workspaceId: string, groupId: string): Promise<void> {
    if (!isUuid(groupId)) throw new NotFoundError('group');
    const { count } = await this.db.run(
      sql`SELECT 1 FROM member_group WHERE workspace_id = ${workspaceId} AND id = ${groupId}`,
    );
    if (count === 0) throw new NotFoundError('group');
  }
}
