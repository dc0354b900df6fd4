import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { InLane } from '../../database/lanes/task.ts';
import type { GroupChange } from '../policy/chosen-groups.ts';
import type { GroupChangeState, RegroupedPerson } from '../record/group-changes.ts';
import { readRun } from '../record/run-statements.ts';

/** What a run did to a group; `people` are some of those who joined or left it. */
export interface RunGroupChange extends GroupChange {
  joined: number;
  left: number;
  people: RegroupedPerson[];
  state: GroupChangeState;
}

/** What runs did to groups. */
@Injectable()
export class GroupChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
  ) {}

  /** What one run did, in the order of the groups' ids. @throws NotFoundError, BadInputError for a foreign cursor */
  @InLane('list')
  async ofRun(workspaceId: string, runId: string, query: PageQuery): Promise<Page<RunGroupChange>> {
    const cursors = cursorsOf(this.seal, 'sync-group-changes', workspaceId, { ...query, runId });
    await readRun(this.dataSource, workspaceId, runId, 'en');
    const rows = await this.dataSource.query<RunGroupChange[]>(
      `SELECT kind, group_id AS "groupId", name, name_before AS "nameBefore", joined_count AS joined,
         left_count AS left, people, state
       FROM sync_group_change
       WHERE workspace_id = $1 AND run_id = $2 AND ($3::uuid IS NULL OR group_id > $3)
       ORDER BY group_id LIMIT $4`,
      [workspaceId, runId, decodeCursor(cursors, query.cursor), query.limit + 1],
    );
    return pageOf(cursors, rows, query.limit, ({ groupId }) => groupId);
  }
}
