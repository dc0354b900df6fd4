import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodePlace, type Page, pageWithin } from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { sql } from '../../database/sql.ts';
import { mergeSettings, type WorkspaceSettings } from '../../workspaces/settings.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import {
  groupsChoice,
  isChosenBy,
  kindsOfChoice,
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
import { groupListStatement } from './directory-group-list.ts';
import { InLane } from '../../database/lanes/task.ts';

/** The groups of the directory, to choose among them. */
@Injectable()
export class DirectoryGroupsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly workspaces: WorkspacesService,
  ) {}

  /** The groups in order of their arrival or of their names. @throws BadInputError when the cursor is none of ours */
  @InLane('list')
  async list(workspaceId: string, query: DirectoryGroupListQuery): Promise<Page<DirectoryGroupResponse>> {
    const cursors = cursorsOf(this.seal, 'directory-groups', workspaceId, query);
    const db = dbOf(this.dataSource);
    const choice = await readGroupsChoice(db, workspaceId);
    const place = decodePlace(cursors, query.cursor);
    const { rows } = await db.run(groupListStatement(workspaceId, choice, query, place));
    return pageWithin(cursors, rows, query.limit, ({ id, name, chosen, people }) => {
      return { id, name, chosen, people };
    });
  }

  /** Which groups the next run would make, rename and delete if the choice were changed so; nothing is saved. */
  @InLane('report')
  async preview(
    workspaceId: string,
    change: Partial<WorkspaceSettings['groups']>,
  ): Promise<GroupsChoicePreviewResponse> {
    const { settings } = await this.workspaces.get(workspaceId);
    const choice = groupsChoice(mergeSettings(settings, { groups: change }).groups);
    const db = dbOf(this.dataSource);
    const { rows } = await db.run(
      sql<{ total: number; chosen: number }>`
       SELECT count(*)::integer AS total, (count(*) FILTER (WHERE ${isChosenBy(choice)}))::integer AS chosen
       FROM directory_group d WHERE d.workspace_id = ${workspaceId}`,
    );
    const [row] = rows;
    return {
      total: row?.total ?? 0,
      chosen: row?.chosen ?? 0,
      counts: await pendingGroupCounts(db, workspaceId, choice),
      groups: (await pendingGroupChanges(db, workspaceId, choice, kindsOfChoice)).map(likelyChange),
    };
  }
}
