import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Db } from '../database/db.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { ForbiddenError } from '../errors/domain-errors.ts';
import { minutes, seconds } from '../errors/duration.ts';
import { ExtensionPoint } from '../extension-points/extension-point.ts';

/** What a workspace may have only so much of. */
export const quotaNames = ['users', 'groups', 'members', 'logMegabytesToday'] as const;
export type QuotaName = (typeof quotaNames)[number];

/**
 * A limit of each workspace, told by the room whose data it bounds.
 *
 * @property count how much a workspace has now
 */
export interface Quota {
  name: QuotaName;
  max: number;
  count: (db: Db, workspaceId: string) => Promise<number>;
}

/** How much of a quota a workspace uses. */
export interface QuotaUse {
  name: QuotaName;
  used: number;
  max: number;
}

/** What was counted a while ago, and what this process has added since. */
interface Counted {
  count: number;
  added: number;
  atMs: number;
}

/** How long a count may be relied on. */
const countedForMs = minutes(1);
/** How long a quota that is reached is not counted again, so that refusals cost nothing. */
const reachedForMs = seconds(1);
/**
 * How much of the room that was left this process may fill before it counts again. The less room there is, the more often
 * it is counted; up to ten processes stay within the quota.
 */
const roomShareMax = 0.1;
const countsMax = 50_000;

/**
 * How much each workspace has of what is bounded, and whether there is room for more. Counting costs nothing as long as a
 * workspace is far from its quotas.
 */
@Injectable()
export class Quotas extends ExtensionPoint<Quota> {
  private readonly counted = new LRUCache<string, Counted>({ max: countsMax });
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly db: StatementPool) {
    super();
  }

  /**
   * Makes sure that there is room for more. Where there is little, callers within a transaction may together exceed the
   * quota by as many as are under way.
   *
   * @param db the transaction that adds them
   * @throws ForbiddenError `quota-reached`
   */
  async require(db: Db, workspaceId: string, name: QuotaName, more = 1): Promise<void> {
    const quota = this.quotaOf(name);
    if ((await this.room(db, workspaceId, quota, more)) < more) throw reached(quota);
  }

  /**
   * How many of those that are to be added there is room for; the others are to be refused with the error.
   *
   * @param db the transaction that adds them
   */
  async roomFor(
    db: Db,
    workspaceId: string,
    name: QuotaName,
    more: number,
  ): Promise<{ room: number; refusal: ForbiddenError }> {
    const quota = this.quotaOf(name);
    return { room: await this.room(db, workspaceId, quota, more), refusal: reached(quota) };
  }

  /**
   * Adds one if there is room for it. Where there is little, this process adds one after another, so that none exceeds
   * the quota.
   *
   * @throws ForbiddenError `quota-reached`
   */
  async within<Result>(workspaceId: string, name: QuotaName, add: () => Promise<Result>): Promise<Result> {
    const quota = this.quotaOf(name);
    const known = this.known(quota, workspaceId, 1);
    if (known !== null) {
      if (known < 1) throw reached(quota);
      return add();
    }
    const key = keyOf(quota, workspaceId);
    const turn = (this.turns.get(key) ?? Promise.resolve()).then(async () => {
      if ((await this.room(this.db, workspaceId, quota, 1)) < 1) throw reached(quota);
      return add();
    });
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.turns.set(key, settled);
    void settled.then(() => {
      if (this.turns.get(key) === settled) this.turns.delete(key);
    });
    return turn;
  }

  /** How much of each quota a workspace uses. */
  async usage(workspaceId: string): Promise<QuotaUse[]> {
    const uses = await Promise.all(
      this.entries.map(async ({ name, max, count }) => ({
        name,
        used: await count(this.db, workspaceId),
        max,
      })),
    );
    const order = (use: QuotaUse) => quotaNames.indexOf(use.name);
    return uses.sort((one, other) => order(one) - order(other));
  }

  private quotaOf(wanted: QuotaName): Quota {
    const quota = this.entries.find(({ name }) => name === wanted);
    if (quota === undefined) throw new Error(`No room has told the quota ${wanted}`);
    return quota;
  }

  private async room(db: Db, workspaceId: string, quota: Quota, more: number): Promise<number> {
    const known = this.known(quota, workspaceId, more);
    if (known !== null) return known;
    const atMs = performance.now();
    const count = await quota.count(db, workspaceId);
    const added = Math.min(more, Math.max(0, quota.max - count));
    this.counted.set(keyOf(quota, workspaceId), { count, added, atMs });
    return added;
  }

  /**
   * For how many of those that are to be added there is room by what was counted lately, and notes them.
   *
   * @returns null when it must be counted
   */
  private known(quota: Quota, workspaceId: string, more: number): number | null {
    const known = this.counted.get(keyOf(quota, workspaceId));
    if (known === undefined) return null;
    const ageMs = performance.now() - known.atMs;
    const room = quota.max - known.count;
    if (room <= 0 && ageMs < reachedForMs) return 0;
    if (ageMs > countedForMs || known.added + more > room * roomShareMax) return null;
    known.added += more;
    return more;
  }
}

function keyOf({ name }: Quota, workspaceId: string): string {
  return `${name} ${workspaceId}`;
}

const subjects: Readonly<Record<QuotaName, string>> = {
  users: 'users in the directory',
  groups: 'groups in the directory',
  members: 'members',
  logMegabytesToday: 'megabytes of log a day',
};

function reached({ name, max }: Quota): ForbiddenError {
  return new ForbiddenError(
    'quota-reached',
    `This workspace has as many ${subjects[name]} as it may: ${max}. Remove some, or ask the vendor for more.`,
    { quota: name, max },
  );
}
