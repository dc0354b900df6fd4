import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { foldNamePart } from '../../scim-core/fold.ts';
import { mergeSettings, type WorkspaceSettings } from '../../workspaces/settings.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import {
  groupsChoice,
  isChosen,
  pendingGroupChanges,
  likelyChange,
  pendingGroupCounts,
  readGroupsChoice,
} from '../policy/chosen-groups.ts';
import type {
  DirectoryGroupListQuery,
  DirectoryGroupResponse,
  GroupsChoicePreviewResponse,
} from './directory-groups.dto.ts';
import { InLane } from '../../database/lanes/task.ts';

/** The groups of the directory, to choose among them. */
@Injectable()
export class DirectoryGroupsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly workspaces: WorkspacesService,
  ) {}

  /** The groups in order of their arrival. @throws BadInputError when the cursor is none of ours */
  @InLane('list')
  async list(workspaceId: string, query: DirectoryGroupListQuery): Promise<Page<DirectoryGroupResponse>> {
    const cursors = cursorsOf(this.seal, 'directory-groups', workspaceId, query);
    const choice = await readGroupsChoice(this.dataSource, workspaceId);
    const rows = await this.dataSource.query<DirectoryGroupResponse[]>(
      `SELECT d.id, d.display_name AS name, (${isChosen}) AS chosen,
         (SELECT count(*)::integer FROM directory_group_member gm
          WHERE gm.workspace_id = $1 AND gm.group_id = d.id AND gm.user_id IS NOT NULL) AS people
       FROM directory_group d
       WHERE d.workspace_id = $1
         AND ($4::uuid IS NULL OR d.id > $4)
         AND ($5::text IS NULL OR strpos(d.display_name_key, $5) > 0)
       ORDER BY d.id LIMIT $6`,
      [
        workspaceId,
        ...choice,
        decodeCursor(cursors, query.cursor),
        foldNamePart(query.search ?? '').trim() || null,
        query.limit + 1,
      ],
    );
    return pageOf(cursors, rows, query.limit, (group) => group.id);
  }

  /** What the next run would do to groups if the choice were changed so; nothing is saved. */
  @InLane('report')
  async preview(
    workspaceId: string,
    change: Partial<WorkspaceSettings['groups']>,
  ): Promise<GroupsChoicePreviewResponse> {
    const { settings } = await this.workspaces.get(workspaceId);
    const choice = groupsChoice(mergeSettings(settings, { groups: change }).groups);
    const [row] = await this.dataSource.query<{ total: number; chosen: number }[]>(
      `SELECT count(*)::integer AS total, (count(*) FILTER (WHERE ${isChosen}))::integer AS chosen
       FROM directory_group d WHERE d.workspace_id = $1`,
      [workspaceId, ...choice],
    );
    return {
      total: row?.total ?? 0,
      chosen: row?.chosen ?? 0,
      counts: await pendingGroupCounts(this.dataSource, workspaceId, choice),
      groups: (await pendingGroupChanges(this.dataSource, workspaceId, choice)).map(likelyChange),
    };
  }
}
