import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditAction } from '../audit/audit-actions.ts';
import { AuditService, installation } from '../audit/audit.service.ts';
import { Clock } from '../database/clock.ts';
import { CursorSeal } from '../database/cursor-seal.ts';
import type { Db } from '../database/db.ts';
import { dbOf } from '../database/db-of.ts';
import { newId } from '../database/ids.ts';
import { InLane } from '../database/lanes/task.ts';
import { parameter, sql } from '../database/sql.ts';
import { ConflictError, NotFoundError } from '../errors/domain-errors.ts';
import { cursorsOf, decodeCursor, type Page, pageOf, type PageQuery } from '../http/paging/page.ts';
import type { Precondition } from '../http/request/precondition.ts';
import { productKeyPrefix } from '../http/request/token-kind.ts';
import { createSecret, hashSecret, randomLengthBytes, shownPartsOf } from '../http/request/token-secret.ts';
import type { Caller } from '../http/request/caller.ts';
import { actorOfCaller } from './actor-of-caller.ts';
import { KeyCache } from './key-cache.ts';
import { readKeyRequest } from './key-request.ts';
import { stateWithoutUses } from '../http/request/rotated-secret.ts';
import { type KeyRow, selectKeys, toIssuedProductKey, toProductKey } from './product-key.ts';
import type {
  CreateProductKeyDto,
  IssuedProductKeyResponse,
  ProductKeyResponse,
  RotateProductKeyDto,
} from './product-keys.dto.ts';
import { WorkspaceDirectory } from './workspace-directory.ts';
import { hours } from '../errors/duration.ts';

/** Secrets of one product key that work at the same time: the newest, and those whose overlap is not over. */
export const keySecretsMax = 5;

/**
 * What the operator does with product keys. Only the SHA-256 of a secret is stored, and no key is ever deleted: the list
 * says for good which keys there were. What happens to a key that is limited to workspaces is in their audit logs, too.
 */
@Injectable()
export class ProductKeysService {
  private readonly logger = new Logger(ProductKeysService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly seal: CursorSeal,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly cache: KeyCache,
    private readonly directory: WorkspaceDirectory,
  ) {}

  /** All keys, the newest first, without their secrets. @throws BadInputError for a cursor that is none of ours */
  async list({ cursor, limit }: PageQuery): Promise<Page<ProductKeyResponse>> {
    const cursors = cursorsOf(this.seal, 'product-keys', '');
    const before = parameter(decodeCursor(cursors, cursor));
    const { rows } = await dbOf(this.dataSource).run(sql<KeyRow>`
      ${selectKeys} WHERE ${before}::uuid IS NULL OR k.id < ${before} ORDER BY k.id DESC LIMIT ${limit + 1}`);
    const now = this.clock.now();
    const keys = rows.map((row) => toProductKey(row, now));
    return pageOf(cursors, keys, limit, ({ id }) => id);
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<ProductKeyResponse> {
    return toProductKey(await find(dbOf(this.dataSource), id), this.clock.now());
  }

  /** Makes a key. Its secret is in the answer and nowhere else. @throws BadInputError */
  @InLane('access')
  async create(asked: CreateProductKeyDto, caller: Caller): Promise<IssuedProductKeyResponse> {
    const now = this.clock.now();
    const { name, scopes, workspaceIds, expiresAt } = await readKeyRequest(asked, this.directory, now);
    const id = newId();
    const issued = await this.dataSource.transaction(async (manager) => {
      await dbOf(manager).run(sql`
        INSERT INTO product_key (id, name, scopes, workspace_ids, created_at)
        VALUES (${id}, ${name}, ${scopes}, ${workspaceIds}, ${now})`);
      const secret = await this.addSecret(manager, id, expiresAt);
      const row = await find(dbOf(manager), id);
      const details = { name, scopes, expiresAt: expiresAt?.toISOString() ?? null };
      await this.record(manager, row, caller, 'product-key.issued', details);
      return toIssuedProductKey(row, secret, now);
    });
    this.say(id, 'product-key.issued', caller);
    return issued;
  }

  /**
   * Gives a key a new secret, with the lifetime of the one before; that one keeps working for the overlap, so that every
   * process of the back end can be changed over without a gap.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `key-not-live` for a revoked or expired one, `too-many-secrets` when enough of them work
   */
  @InLane('access')
  async rotate(
    id: string,
    { overlapHours }: RotateProductKeyDto,
    precondition: Precondition,
    caller: Caller,
  ): Promise<IssuedProductKeyResponse> {
    const rotated = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const now = this.clock.now();
      const before = toProductKey(await lock(db, id), now);
      precondition.check(stateWithoutUses(before));
      requireRotatable(before);
      const [newest] = before.secrets;
      const lifetimeMs =
        newest?.expiresAt == null ? null : Date.parse(newest.expiresAt) - Date.parse(newest.createdAt);
      const overlapEnd = new Date(now.getTime() + hours(overlapHours));
      await db.run(sql`
        UPDATE product_key_secret SET expires_at = least(expires_at, ${overlapEnd}), replaced_at = ${now}
        WHERE key_id = ${id} AND replaced_at IS NULL`);
      const expiresAt = lifetimeMs === null ? null : new Date(now.getTime() + lifetimeMs);
      const secret = await this.addSecret(manager, id, expiresAt);
      this.cache.distrust(id);
      const row = await find(db, id);
      await this.record(manager, row, caller, 'product-key.rotated', { name: row.name, overlapHours });
      return toIssuedProductKey(row, secret, now);
    });
    this.say(id, 'product-key.rotated', caller);
    return rotated;
  }

  /**
   * Revokes a key for ever, with all its secrets; one that already is stays as it was.
   *
   * @throws NotFoundError, PreconditionFailedError
   */
  @InLane('access')
  async revoke(id: string, precondition: Precondition, caller: Caller): Promise<void> {
    const isRevoked = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const now = this.clock.now();
      const row = await lock(db, id);
      precondition.check(stateWithoutUses(toProductKey(row, now)));
      if (row.revoked_at !== null) return false;
      await db.run(sql`UPDATE product_key SET revoked_at = ${now} WHERE id = ${id}`);
      this.cache.distrust(id);
      await this.record(manager, row, caller, 'product-key.revoked', { name: row.name });
      return true;
    });
    if (isRevoked) this.say(id, 'product-key.revoked', caller);
  }

  private async addSecret(manager: EntityManager, keyId: string, expiresAt: Date | null): Promise<string> {
    const secret = createSecret(productKeyPrefix, randomBytes(randomLengthBytes));
    const { prefix, lastFour } = shownPartsOf(secret);
    await dbOf(manager).run(sql`
      INSERT INTO product_key_secret (secret_hash, key_id, prefix, last_four, created_at, expires_at)
      VALUES (${hashSecret(secret)}, ${keyId}, ${prefix}, ${lastFour}, ${this.clock.now()}, ${expiresAt})`);
    return secret;
  }

  /** In the log of the installation, and in those of the workspaces that the key is limited to. */
  private async record(
    manager: EntityManager,
    { id: target, workspace_ids: ids }: KeyRow,
    caller: Caller,
    action: AuditAction,
    details: Record<string, unknown>,
  ): Promise<void> {
    const actor = actorOfCaller(caller);
    for (const workspaceId of [installation, ...(await this.directory.keep(manager, ids ?? []))])
      await this.audit.record(manager, { workspaceId, actor, action, target, details });
  }

  /** After the commit: a transaction that is done again has changed nothing before. */
  private say(keyId: string, action: AuditAction, caller: Caller): void {
    const actor = actorOfCaller(caller);
    if (actor.kind === 'operator') this.logger.log({ keyId, operator: actor.name }, action);
  }
}

async function find(db: Db, id: string): Promise<KeyRow> {
  const { rows } = await db.run(sql<KeyRow>`${selectKeys} WHERE k.id = ${id}`);
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('product key');
  return row;
}

/** The key, locked until the transaction ends: of two that change it one waits, and finds it as the other left it. */
async function lock(db: Db, id: string): Promise<KeyRow> {
  await db.run(sql`SELECT 1 FROM product_key WHERE id = ${id} FOR UPDATE`);
  return find(db, id);
}

function requireRotatable({ state, secrets }: ProductKeyResponse): void {
  if (state !== 'active')
    throw new ConflictError(
      'key-not-live',
      'This product key is revoked or expired. Make a new one instead.',
    );
  if (secrets.length < keySecretsMax) return;
  throw new ConflictError(
    'too-many-secrets',
    `${keySecretsMax} secrets of this product key work at present. Wait until the overlap of one is over, or make a new key.`,
    { secretsMax: keySecretsMax },
  );
}
