import type { Db } from '../../database/db.ts';
import type { LoadedPeople } from '../planning/load-people.ts';
import type { PlanMemory } from '../planning/plan.ts';
import { readRoleCounts } from '../planning/role-ledger.ts';
import {
  lockRemovalBudget,
  type RemovalBudget,
  removalBudget,
  type SpendingRun,
} from '../policy/removal-guard.ts';
import type { SyncPolicy } from '../policy/sync-policy.ts';
import type { WriteContext } from './write-context.ts';

/** A budget that holds nobody. */
export const unlimited: Readonly<RemovalBudget> = { used: 0, allowed: Number.POSITIVE_INFINITY };

/**
 * The removal budget of a transaction, and who has roles that are counted, locked and read when the first person may lose
 * access, or may get or lose such a role. One lock is for both, so that two who need both cannot wait for each other.
 */
export class LazyRemovalBudget {
  private readonly db: Db;
  private readonly context: WriteContext;
  private readonly policy: SyncPolicy;
  private readonly run: SpendingRun | null;
  private known = false;

  /** @param run what brings people in, too, and may go on over several transactions; null: nothing brings anybody in */
  constructor(db: Db, context: WriteContext, policy: SyncPolicy, run: SpendingRun | null) {
    this.db = db;
    this.context = context;
    this.policy = policy;
    this.run = run;
  }

  isNeededBy({ people }: LoadedPeople, { roles }: Pick<PlanMemory, 'roles'>): boolean {
    if (this.known) return false;
    return people.some(({ directoryUser, member, returners, roleWish }) => {
      if (directoryUser?.active !== true && member?.status === 'active') return true;
      return roles?.dependsOnCounts(member ?? returners.at(-1) ?? null, roleWish) === true;
    });
  }

  async readInto(memory: PlanMemory): Promise<void> {
    const { workspaceId, now } = this.context;
    await lockRemovalBudget(this.db, workspaceId);
    memory.budget = await removalBudget(
      this.db,
      workspaceId,
      this.policy.settings.removalGuard,
      now,
      this.run,
    );
    memory.roles?.count(await readRoleCounts(this.db, this.policy));
    this.known = true;
  }
}
