import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { InLane } from '../../database/lanes/task.ts';
import { parameter, sql } from '../../database/sql.ts';
import { dbOf } from '../../database/db-of.ts';
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
    await readRun(dbOf(this.dataSource), workspaceId, runId, 'en');
    const after = parameter(decodeCursor(cursors, query.cursor));
    const { rows } = await dbOf(this.dataSource).run(sql<RunGroupChange>`
         SELECT kind, group_id AS "groupId", name, name_before AS "nameBefore", joined_count AS joined,
         left_count AS left, people, state
       FROM sync_group_change
       WHERE workspace_id = ${workspaceId} AND run_id = ${runId}
         AND (${after}::uuid IS NULL OR group_id > ${after})
       ORDER BY group_id LIMIT ${query.limit + 1}`);
    return pageOf(cursors, rows, query.limit, ({ groupId }) => groupId);
  }
}
