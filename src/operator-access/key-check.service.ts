import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Answer } from '../database/db.ts';
import { inLane } from '../database/lanes/task.ts';
import { sql } from '../database/sql.ts';
import { StatementPool } from '../database/statement-pool.ts';
import { PassingFaultLog } from '../errors/passing-fault-log.ts';
import type { Caller, KeyCaller, ProductScope } from '../http/request/caller.ts';
import { aboutCredential } from '../http/request/bearer-refusal.ts';
import { LastUses } from '../http/request/last-uses.ts';
import { productKeyPrefix } from '../http/request/token-kind.ts';
import { checkSecret, hashSecret } from '../http/request/token-secret.ts';
import { type CheckedKey, KeyCache } from './key-cache.ts';
import { callerRefusal } from './key-challenge.ts';

/** Checks the secrets that the host product's back end sends. */
@Injectable()
export class KeyCheckService implements BeforeApplicationShutdown {
  private readonly uses: LastUses;
  /** By which secret a caller came, for a second look at it. */
  private readonly cameBy = new WeakMap<KeyCaller, Buffer>();

  constructor(
    private readonly db: StatementPool,
    private readonly cache: KeyCache,
    faults: PassingFaultLog,
  ) {
    this.uses = new LastUses('a product key', faults, new Logger(KeyCheckService.name));
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.uses.settled();
  }

  /**
   * The key that a secret belongs to. A warm check costs no statement; a cold one costs one, by the hash's index.
   * A mistyped secret does not reach the database.
   *
   * @param now the present, for expiry and `last_used_at`
   * @throws UnauthenticatedError saying why: mistyped, unknown, revoked, expired, replaced
   */
  async verify(secret: string, now: Date): Promise<KeyCaller> {
    if (checkSecret(productKeyPrefix, secret) !== 'ok') throw callerRefusal.mistyped();
    const key = await this.find(hashSecret(secret), now);
    this.noteUse(key, now);
    return key.caller;
  }

  /**
   * A second look at a caller that was let in a while ago, for answers that are held back or streamed: to be asked once a
   * second at most, and before anything is said. Costs a statement each 0.9 s for each key in use.
   *
   * @throws UnauthenticatedError when its secret was revoked, replaced or has expired since
   */
  async requireStillGood(caller: Caller, now: Date): Promise<void> {
    const hash = caller.kind === 'key' ? this.cameBy.get(caller) : undefined;
    if (hash !== undefined) await this.find(hash, now);
  }

  private async find(hash: Buffer, now: Date): Promise<CheckedKey> {
    const cacheKey = hash.toString('base64');
    const known = this.cache.find(cacheKey);
    if (known !== null && !isOver(known, now)) return known;
    const startedAt = this.cache.now();
    const { rows } = await inLane('access', () => this.read(hash));
    const [row] = rows;
    if (row === undefined) throw callerRefusal.unknown();
    if (row.revoked_at !== null) throw aboutCredential(callerRefusal.revoked(), null, row.id);
    const key = checkedKey(row, hash);
    if (isOver(key, now)) {
      const refusal = row.replaced_at === null ? callerRefusal.expired() : callerRefusal.replaced();
      throw aboutCredential(refusal, null, row.id);
    }
    this.cameBy.set(key.caller, hash);
    this.cache.remember(cacheKey, key, startedAt);
    return key;
  }

  private read(hash: Buffer): Promise<Answer<SecretRow>> {
    return this.db.run(sql<SecretRow>`
      SELECT k.id, k.name, k.scopes, k.workspace_ids, k.revoked_at, s.expires_at, s.replaced_at, s.last_used_at
      FROM product_key_secret s JOIN product_key k ON k.id = s.key_id WHERE s.secret_hash = ${hash}`);
  }

  private noteUse(key: CheckedKey, now: Date): void {
    this.uses.note(key, now, { keyId: key.caller.id }, () =>
      this.db.run(sql`
        UPDATE product_key_secret SET last_used_at = ${now}
        WHERE secret_hash = ${key.hash} AND (last_used_at IS NULL OR last_used_at < ${now})`),
    );
  }
}

function checkedKey(row: SecretRow, hash: Buffer): CheckedKey {
  const { id, name, scopes, workspace_ids: workspaceIds } = row;
  const caller: KeyCaller = { kind: 'key', id, name, scopes, workspaceIds };
  return { caller, hash, expiresAt: row.expires_at, lastUsedAt: row.last_used_at };
}

function isOver({ expiresAt }: CheckedKey, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

interface SecretRow {
  id: string;
  name: string;
  scopes: ProductScope[];
  workspace_ids: string[] | null;
  revoked_at: Date | null;
  expires_at: Date | null;
  replaced_at: Date | null;
  last_used_at: Date | null;
}
