import type { Db } from '../../database/db.ts';
import type { LoadedPeople } from '../planning/load-people.ts';
import type { PlanMemory } from '../planning/plan.ts';
import { lockRemovalBudget, type RemovalBudget, removalBudget } from '../policy/removal-guard.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import type { WriteContext } from './write-context.ts';

/** A budget that holds nobody. */
export const unlimited: Readonly<RemovalBudget> = { used: 0, allowed: Number.POSITIVE_INFINITY };

/** The removal budget of a transaction, locked and read when the first person may lose access. */
export class LazyRemovalBudget {
  private readonly db: Db;
  private readonly context: WriteContext;
  private readonly policy: SyncPolicy;
  private known = false;

  constructor(db: Db, context: WriteContext, policy: SyncPolicy) {
    this.db = db;
    this.context = context;
    this.policy = policy;
  }

  isNeededBy({ people }: LoadedPeople): boolean {
    if (this.known) return false;
    return people.some(
      ({ directoryUser, member }) => directoryUser?.active !== true && member?.status === 'active',
    );
  }

  async readInto(memory: PlanMemory): Promise<void> {
    const { workspaceId, runId, now } = this.context;
    await lockRemovalBudget(this.db, workspaceId);
    memory.budget = await removalBudget(this.db, workspaceId, this.policy.settings.removalGuard, now, runId);
    this.known = true;
  }
}
