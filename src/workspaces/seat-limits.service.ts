import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, AuditService } from '../audit/audit.service.ts';
import { Clock } from '../database/clock.ts';
import { dbOf } from '../database/db-of.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { SeatCounts, type SeatLimit, seatsTopic, type SeatUse, tooFewSeats } from './seat-limit.ts';
import type { Workspace } from './workspace.ts';

/** Sets how many seats a workspace has, and says who has them. */
@Injectable()
export class SeatLimits {
  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly counts: SeatCounts,
  ) {}

  /** The seats of a workspace; null where there is no limit. */
  use({ id, seats }: Pick<Workspace, 'id' | 'seats'>): Promise<SeatUse | null> {
    return this.counts.use(this.db, id, seats);
  }

  /**
   * Gives a workspace another limit, or none (null). The caller has locked the limit and the workspace. Nobody loses a seat:
   * a limit that fewer people would have than are active is refused, unless people beyond it are allowed.
   *
   * @throws ConflictError `seats-in-use`
   */
  async set(
    manager: EntityManager,
    { id: workspaceId, seats: before }: Workspace,
    asked: { limit: number; beyond?: SeatLimit['beyond'] } | null,
    actor: Actor,
  ): Promise<void> {
    const db = dbOf(manager);
    const after: SeatLimit | null = asked && { limit: asked.limit, beyond: asked.beyond ?? 'hold' };
    if (after?.limit === before?.limit && after?.beyond === before?.beyond) return;
    if (after?.beyond === 'hold') {
      const used = await this.counts.of(db, workspaceId, 'used');
      if (used > after.limit) throw tooFewSeats(after.limit, used);
    }
    await db.run(sql`
      UPDATE workspace SET seat_limit = ${after?.limit ?? null}, seats_beyond = ${after?.beyond ?? 'hold'},
        updated_at = ${this.clock.now()} WHERE id = ${workspaceId}`);
    const action = 'workspace.seats-changed';
    await this.audit.record(manager, { workspaceId, actor, action, details: { before, after } });
    db.tellAtCommit({ topic: seatsTopic, workspaceId });
  }
}
