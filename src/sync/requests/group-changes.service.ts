import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { cursorsOf, decodePlace, type Page, pageWithin } from '../../http/paging/page.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { InLane } from '../../database/lanes/task.ts';
import { dbOf } from '../../database/db-of.ts';
import { readRun } from '../record/run-statements.ts';
import { groupChangesStatement, type RunGroupChange } from './group-changes-list.ts';
import type { RunGroupsQuery } from './sync-runs.dto.ts';

/** What runs did to groups. */
@Injectable()
export class GroupChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
  ) {}

  /**
   * What one run did, in the order of the groups' ids or of their names.
   *
   * @throws NotFoundError, BadInputError for a foreign cursor
   */
  @InLane('list')
  async ofRun(workspaceId: string, runId: string, query: RunGroupsQuery): Promise<Page<RunGroupChange>> {
    const cursors = cursorsOf(this.seal, 'sync-group-changes', workspaceId, { ...query, runId });
    const db = dbOf(this.dataSource);
    await readRun(db, workspaceId, runId, 'en');
    const place = decodePlace(cursors, query.cursor);
    const { rows } = await db.run(groupChangesStatement(workspaceId, runId, query, place));
    return pageWithin(
      cursors,
      rows,
      query.limit,
      ({ id: _id, listed: _listed, sort_value: _value, ...change }) => change,
    );
  }
}
