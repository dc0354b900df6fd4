import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { pageWithinSize, textBytes } from '../../database/rows-within.ts';
import { parameter, sql } from '../../database/sql.ts';
import type { Language } from '../../errors/sentence.ts';
import { cursorsOf, decodeCursor, type Page, type PageQuery, pageUpTo } from '../../http/paging/page.ts';
import { pageSizeMaxBytes } from '../../scim-core/limits.ts';
import type { ChangeKind, ChangeState, StoredState } from '../decision/change.ts';
import type { Reason } from '../decision/reason.ts';
import { readRun } from '../record/run-statements.ts';
import { type ChangeView, type ReasonView, toChangeView, worded } from '../wording/change-view.ts';
import { storedStateJson } from '../wording/stored-state.ts';
import { type ChangesAsked, changesMatching } from './changes-matching.ts';

/** A change of a run, with what has become of it. */
export type RunChangeView = ChangeView & { state: ChangeState; kept: ReasonView | null };

/** About how large a change is in an answer. */
const changeSizeBytes = `${textBytes('fields')} + ${textBytes('reason')} + ${textBytes('moved')}`;

/** What runs did for people. */
@Injectable()
export class RunChangesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
  ) {}

  /** What a run did or holds of what is asked for, in the order of the people's ids. @throws NotFoundError, BadInputError */
  async ofRun(
    workspaceId: string,
    runId: string,
    query: PageQuery & ChangesAsked,
    language: Language,
  ): Promise<Page<RunChangeView>> {
    const groupId = query.groupId?.toLowerCase();
    const cursors = cursorsOf(this.seal, 'sync-changes', workspaceId, { ...query, groupId, runId });
    await readRun(dbOf(this.dataSource), workspaceId, runId, language);
    const workspace = parameter(workspaceId);
    const after = parameter(decodeCursor(cursors, query.cursor));
    const group = parameter(groupId === undefined ? null : JSON.stringify([{ id: groupId }]));
    const changes = sql<ListedChangeRow>`
      SELECT kind, directory_user_id, member_id, name, fields, reason, state,
        groups AS moved, ${storedStateJson('sync_change')} AS "storedState" FROM sync_change
      WHERE workspace_id = ${workspace} AND run_id = ${runId}
        AND (${after}::uuid IS NULL OR directory_user_id > ${after})
        AND (${group}::jsonb IS NULL OR groups -> 'joined' @> ${group} OR groups -> 'left' @> ${group})
        ${changesMatching(workspace, query)}
      ORDER BY directory_user_id LIMIT ${query.limit + 1}`;
    const { rows } = await dbOf(this.dataSource).run(
      pageWithinSize(changes, changeSizeBytes, pageSizeMaxBytes),
    );
    const shown = rows.slice(0, query.limit);
    const hasMore = (rows[0]?.listed ?? 0) > shown.length;
    const { items, nextCursor } = pageUpTo(cursors, shown, hasMore, (row) => row.directory_user_id);
    return { items: items.map((row) => toRunChangeView(row, language)), nextCursor };
  }
}

interface ListedChangeRow {
  kind: ChangeKind;
  directory_user_id: string;
  member_id: string | null;
  name: string;
  fields: FieldChange[];
  reason: Reason;
  state: ChangeState;
  storedState: StoredState;
}

function toRunChangeView(row: ListedChangeRow, language: Language): RunChangeView {
  const { kind, name, fields, reason, state, storedState } = row;
  const view = toChangeView(
    {
      kind: state === 'held' ? 'held' : kind,
      directoryUserId: row.directory_user_id,
      memberId: row.member_id,
      name,
      fields,
      reason,
      ...storedState,
    },
    language,
  );
  const { keptReason } = storedState;
  return { ...view, state, kept: keptReason && worded(keptReason, language) };
}
