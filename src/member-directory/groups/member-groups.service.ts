import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import {
  cursorsOf,
  decodeCursor,
  decodePlace,
  type Page,
  type PageQuery,
  pageOf,
  pageWithin,
} from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { listWithin } from '../../database/rows-within.ts';
import { isUuid } from '../../database/uuid.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
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

interface MemberGroupRow {
  id: string;
  name: string;
  directory_group_id: string | null;
  member_count: number;
  created_at: Date;
  updated_at: Date;
}

const groupSelectList = `g.id, g.name, g.directory_group_id, g.created_at, g.updated_at,
  (SELECT count(*)::integer FROM member_group_member gm
   JOIN member m ON m.workspace_id = gm.workspace_id AND m.id = gm.member_id AND m.status <> 'removed'
   WHERE gm.workspace_id = g.workspace_id AND gm.group_id = g.id) AS member_count`;

/** The member groups of a workspace, to be read; synchronization writes them. */
@Injectable()
export class MemberGroupsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
  ) {}

  /** The groups in order of their making. @throws BadInputError when the cursor is none of ours */
  @InLane('list')
  async list(workspaceId: string, query: MemberGroupListQuery): Promise<Page<MemberGroupResponse>> {
    const cursors = cursorsOf(this.seal, 'groups', workspaceId, query);
    const rows = await this.dataSource.query<MemberGroupRow[]>(
      `SELECT ${groupSelectList} FROM member_group g
       WHERE g.workspace_id = $1
         AND ($2::uuid IS NULL OR g.id > $2)
         AND ($3::text IS NULL OR strpos(scim_fold(g.name), $3) > 0)
       ORDER BY g.id LIMIT $4`,
      [
        workspaceId,
        decodeCursor(cursors, query.cursor),
        query.search === undefined || query.search === '' ? null : foldCase(query.search),
        query.limit + 1,
      ],
    );
    return pageOf(cursors, rows.map(toMemberGroup), query.limit, (group) => group.id);
  }

  /**
   * The members of a group, removed ones left out.
   *
   * @throws NotFoundError
   * @throws BadInputError when the cursor is none of ours
   */
  @InLane('list')
  async members(workspaceId: string, groupId: string, query: PageQuery): Promise<Page<Member>> {
    const cursors = cursorsOf(this.seal, 'group-members', workspaceId, { ...query, groupId });
    await this.require(workspaceId, groupId);
    const rows = await this.dataSource.query<(MemberRow & { listed: number })[]>(
      listWithin(
        `SELECT ${memberSelectList} FROM member_group_member gm
       JOIN member m ON m.workspace_id = gm.workspace_id AND m.id = gm.member_id
       WHERE gm.workspace_id = $1 AND gm.group_id = $2 AND m.status <> 'removed'
         AND ($3::uuid IS NULL OR gm.member_id > $3)
       ORDER BY gm.member_id LIMIT $4`,
        memberSizeBytes,
        pageSizeMaxBytes,
      ),
      [workspaceId, groupId, decodeCursor(cursors, query.cursor), query.limit + 1],
    );
    return pageWithin(cursors, rows, query.limit, toMember);
  }

  /** The groups of a member, by name; of an unknown one there are none. @throws BadInputError likewise */
  @InLane('list')
  async ofMember(
    workspaceId: string,
    memberId: string,
    query: GroupsOfMemberQuery,
  ): Promise<Page<MemberGroupResponse>> {
    const cursors = cursorsOf(this.seal, 'groups-of-member', workspaceId, { ...query, memberId });
    const place = decodePlace(cursors, query.cursor);
    const rows = await this.dataSource.query<(MemberGroupRow & { listed: number; sort_value: string })[]>(
      `SELECT found.*, (count(*) OVER ())::integer AS listed FROM (
         SELECT ${groupSelectList}, scim_fold(g.name) AS sort_value FROM member_group_member own
         JOIN member_group g ON g.workspace_id = own.workspace_id AND g.id = own.group_id
         WHERE own.workspace_id = $1 AND own.member_id = $2
           AND ($3::uuid IS NULL OR (scim_fold(g.name), g.id) > ($4::text, $3))
         ORDER BY scim_fold(g.name), g.id LIMIT $5) found
       ORDER BY sort_value, id`,
      [workspaceId, memberId, place?.id ?? null, place?.sortValue ?? null, query.limit + 1],
    );
    return pageWithin(cursors, rows, query.limit, toMemberGroup);
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
