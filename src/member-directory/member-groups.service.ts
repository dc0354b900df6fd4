import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { decodeCursor, type Page, type PageQuery, pageOf } from '../audit/page.ts';
import { isUuid } from '../database/uuid.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import { foldCase } from '../scim-core/fold.ts';
import type { MemberGroupListQuery, MemberGroupResponse } from './member-group.dto.ts';
import { type Member, type MemberRow, memberSelectList, toMember } from './member-row.ts';
import { InLane } from '../database/lanes/task.ts';

interface MemberGroupRow {
  id: string;
  name: string;
  directory_group_id: string | null;
  member_count: number;
  created_at: Date;
  updated_at: Date;
}

/** Most groups that are listed of one member. */
export const groupsOfMemberMax = 500;

const groupSelectList = `g.id, g.name, g.directory_group_id, g.created_at, g.updated_at,
  (SELECT count(*)::integer FROM member_group_member gm
   JOIN member m ON m.workspace_id = gm.workspace_id AND m.id = gm.member_id AND m.status <> 'removed'
   WHERE gm.workspace_id = g.workspace_id AND gm.group_id = g.id) AS member_count`;

/** The member groups of a workspace, to be read; synchronization writes them. */
@Injectable()
export class MemberGroupsService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The groups in order of their making. @throws BadInputError when the cursor is none of ours */
  @InLane('list')
  async list(workspaceId: string, query: MemberGroupListQuery): Promise<Page<MemberGroupResponse>> {
    const rows = await this.dataSource.query<MemberGroupRow[]>(
      `SELECT ${groupSelectList} FROM member_group g
       WHERE g.workspace_id = $1
         AND ($2::uuid IS NULL OR g.id > $2)
         AND ($3::text IS NULL OR strpos(scim_fold(g.name), $3) > 0)
       ORDER BY g.id LIMIT $4`,
      [
        workspaceId,
        decodeCursor(query.cursor),
        query.search === undefined || query.search === '' ? null : foldCase(query.search),
        query.limit + 1,
      ],
    );
    return pageOf(rows.map(toMemberGroup), query.limit, (group) => group.id);
  }

  /**
   * The members of a group, removed ones left out.
   *
   * @throws NotFoundError
   * @throws BadInputError when the cursor is none of ours
   */
  @InLane('list')
  async members(workspaceId: string, groupId: string, query: PageQuery): Promise<Page<Member>> {
    await this.require(workspaceId, groupId);
    const rows = await this.dataSource.query<MemberRow[]>(
      `SELECT ${memberSelectList} FROM member_group_member gm
       JOIN member m ON m.workspace_id = gm.workspace_id AND m.id = gm.member_id
       WHERE gm.workspace_id = $1 AND gm.group_id = $2 AND m.status <> 'removed'
         AND ($3::uuid IS NULL OR gm.member_id > $3)
       ORDER BY gm.member_id LIMIT $4`,
      [workspaceId, groupId, decodeCursor(query.cursor), query.limit + 1],
    );
    return pageOf(rows.map(toMember), query.limit, (member) => member.id);
  }

  /** The groups of a member, by name; at most {@link groupsOfMemberMax}. Of an unknown one there are none. */
  async ofMember(workspaceId: string, memberId: string): Promise<MemberGroupResponse[]> {
    if (!isUuid(memberId)) return [];
    const rows = await this.dataSource.query<MemberGroupRow[]>(
      `SELECT ${groupSelectList} FROM member_group_member own
       JOIN member_group g ON g.workspace_id = own.workspace_id AND g.id = own.group_id
       WHERE own.workspace_id = $1 AND own.member_id = $2
       ORDER BY scim_fold(g.name), g.id LIMIT $3`,
      [workspaceId, memberId, groupsOfMemberMax],
    );
    return rows.map(toMemberGroup);
  }

  private async require(workspaceId: string, groupId: string): Promise<void> {
    const rows = isUuid(groupId)
      ? await this.dataSource.query<unknown[]>(
          'SELECT 1 FROM member_group WHERE workspace_id = $1 AND id = $2',
          [workspaceId, groupId],
        )
      : [];
    if (rows.length === 0) throw new NotFoundError('group');
  }
}

function toMemberGroup(row: MemberGroupRow): MemberGroupResponse {
  return {
    id: row.id,
    name: row.name,
    memberCount: row.member_count,
    provisioned: row.directory_group_id !== null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
