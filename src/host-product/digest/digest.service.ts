import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { inLane } from '../../database/lanes/task.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { WorkspaceTurns } from '../../database/workspace-turns.ts';
import { minutes } from '../../errors/duration.ts';
import { readHead } from '../../events/read-events.ts';
import { loopTurn } from '../../http/bodies/loop-turn.ts';
import {
  computeDigest,
  type DigestAt,
  digestsBehind,
  keepDigest,
  readKeptDigest,
  readMemberSteps,
} from './digest-statements.ts';
import { EventFold } from './event-fold.ts';

const lookIntervalMs = minutes(1);

/** How many events a kept digest may be behind before it is brought forward in the background. */
export const digestLagMaxEvents = 2_000;

/** Events that are read at a time. */
const stepsAtOnceMax = 5_000n;

/** Beyond this many events, counting everybody is quicker than folding. */
const foldedMaxEvents = 200_000n;

/** Members whose hashes are computed in one turn of the event loop. */
const membersPerTurn = 1_000;

/** From this many events on, what a request had to fold is kept for the next one. */
const worthKeepingEvents = 200n;

/** The digest of the members of each workspace, kept and brought forward by events. */
@Injectable()
export class DigestService {
  private readonly turns: WorkspaceTurns;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    clock: Clock,
    tasks: BackgroundTasks,
  ) {
    const logger = new Logger(DigestService.name);
    this.turns = new WorkspaceTurns(logger, clock, 'The digest of a workspace was not brought forward');
    tasks.every({
      name: 'Bringing digests forward',
      everyMs: lookIntervalMs,
      once: (signal) => this.bringForward(signal),
    });
  }

  /** The digest as of the newest event. The first one of a large workspace takes seconds; later ones fold what is new. */
  async current(workspaceId: string): Promise<DigestAt> {
    const kept = await readKeptDigest(this.db, workspaceId);
    const { sequence: newest } = await readHead(this.db, workspaceId);
    const isNear = kept !== null && newest - kept.sequence <= foldedMaxEvents;
    const current = isNear ? await this.fold(workspaceId, kept, newest) : await this.compute(workspaceId);
    if (!isNear || current.sequence - kept.sequence >= worthKeepingEvents) {
      await inLane('background', () => keepDigest(this.db, workspaceId, current));
    }
    return current;
  }

  /** Brings the digests forward that are far behind, so that a request has little to fold. */
  async bringForward(signal?: AbortSignal): Promise<void> {
    const ids = await digestsBehind(this.db, digestLagMaxEvents, this.turns.pausing());
    for (const id of ids) {
      if (signal?.aborted) return;
      await this.turns.take(id, () => this.current(id));
    }
  }

  private async fold(workspaceId: string, { sequence, digest }: DigestAt, newest: bigint): Promise<DigestAt> {
    const fold = new EventFold();
    for (let at = sequence; at < newest; at += stepsAtOnceMax) {
      const upTo = at + stepsAtOnceMax < newest ? at + stepsAtOnceMax : newest;
      fold.take(await readMemberSteps(this.db, workspaceId, at, upTo));
    }
    let members = 0;
    for (const _ of fold.into(digest)) {
      members += 1;
      if (members % membersPerTurn === 0) await loopTurn();
    }
    return { sequence: newest > sequence ? newest : sequence, digest };
  }

  /** All members of one moment. */
  private compute(workspaceId: string): Promise<DigestAt> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const db = dbOf(manager);
      const { sequence } = await readHead(db, workspaceId);
      return { sequence, digest: await computeDigest(db, workspaceId) };
    });
  }
}
