import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { useGenericPlans } from '../../database/generic-plan.ts';
import { inLane } from '../../database/lanes/task.ts';
import { sql } from '../../database/sql.ts';
import { BusyError } from '../../errors/domain-errors.ts';
import { EventFeed } from '../../events/event-feed.ts';
import type { Buckets } from '../digest/buckets.ts';
import type { TextSink } from '../streams/checked-stream.service.ts';
import { readGroups, readMemberLines, readMemberships, readSnapshotHead } from './snapshot-statements.ts';

/** Snapshots that one process answers with at the same time; each holds a connection. */
export const snapshotsAtOnceMax = 2;

/** Members, or groups, that one statement reads. */
const rowsAtOnceMax = 1_000;

/** Members of a group that one line names. */
export const memberIdsPerLineMax = 1_000;

/**
 * Which members a snapshot tells.
 *
 * @property from the member after which it goes on; null: from the first
 * @property buckets only those of some buckets; null: all
 */
export interface SnapshotPart {
  from: string | null;
  buckets: Buckets | null;
}

/** Tells everything of a workspace as of one moment, a line at a time. */
@Injectable()
export class SnapshotService {
  private underWay = 0;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly feed: EventFeed,
  ) {}

  /**
   * Writes the lines of a snapshot: the head, the members by id, the groups by id. All of it is read in one transaction,
   * so that it is of one moment, which the cursor of the head stands for.
   *
   * @param part what of the members is told. The head is that of the present moment
   * @throws BusyError when the process answers with as many as it may
   */
  async write(workspaceId: string, part: SnapshotPart, sink: TextSink): Promise<void> {
    if (this.underWay >= snapshotsAtOnceMax) {
      throw new BusyError('Too many snapshots are under way. Try again in a moment.');
    }
    this.underWay += 1;
    try {
      await inLane('report', () =>
        this.dataSource.transaction('REPEATABLE READ', async (manager) => {
          const db = dbOf(manager);
          await db.run(sql`SET TRANSACTION READ ONLY`);
          await useGenericPlans(manager);
          await this.writeHead(db, workspaceId, sink);
          await writeMembers(db, workspaceId, part, sink);
          await writeGroups(db, workspaceId, part.buckets, sink);
        }),
      );
    } finally {
      this.underWay -= 1;
    }
  }

  private async writeHead(db: Db, workspaceId: string, sink: TextSink): Promise<void> {
    const { sequence, at, members, groups } = await readSnapshotHead(db, workspaceId);
    const cursor = this.feed.cursorAfter(workspaceId, sequence, at);
    await sink(lineOf({ kind: 'head', sequence: Number(sequence), cursor, members, groups }));
  }
}

async function writeMembers(
  db: Db,
  workspaceId: string,
  { from, buckets }: SnapshotPart,
  sink: TextSink,
): Promise<void> {
  let after = from;
  for (;;) {
    const rows = await readMemberLines(db, workspaceId, { buckets, after, limit: rowsAtOnceMax });
    if (rows.length > 0) await sink(`${rows.map(({ line }) => line).join('\n')}\n`);
    if (rows.length < rowsAtOnceMax) return;
    after = rows.at(-1)?.id ?? null;
  }
}

/** A group is one line with its first members; those that do not fit follow in lines of their own. */
async function writeGroups(
  db: Db,
  workspaceId: string,
  buckets: Buckets | null,
  sink: TextSink,
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const groups = await readGroups(db, workspaceId, after, rowsAtOnceMax);
    for (const { id, name } of groups) {
      const limit = memberIdsPerLineMax;
      let memberIds = await readMemberships(db, workspaceId, id, { buckets, after: null, limit });
      await sink(lineOf({ kind: 'group', id, name, memberIds }));
      while (memberIds.length === limit) {
        const following = { buckets, after: memberIds.at(-1) ?? null, limit };
        memberIds = await readMemberships(db, workspaceId, id, following);
        if (memberIds.length > 0) await sink(lineOf({ kind: 'membership', groupId: id, memberIds }));
      }
    }
    if (groups.length < rowsAtOnceMax) return;
    after = groups.at(-1)?.id ?? null;
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
