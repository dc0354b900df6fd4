import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { BackgroundTasks } from '../../background/background-tasks.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import type { Db } from '../../database/db.ts';
import { nothing, type Sql, sql } from '../../database/sql.ts';
import {
  BadInputError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '../../errors/domain-errors.ts';
import { hours, seconds } from '../../errors/duration.ts';
import { checkUrl, type UrlProblem } from '../../http/validation/checked-url.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import { errorWords } from '../../errors/plain-error.ts';
import {
  type Assertion,
  checkAssertion,
  clockSkewMaxSeconds,
  KeysUnavailable,
  RefusedAssertion,
} from './assertion.ts';
import type { IdentityDto, IdentityResponse } from './identity.dto.ts';
import { KeySets } from './key-sets.ts';

const forgetEveryMs = hours(1);
const notHttps = 'must begin with https://, or lead by http:// to the machine that the service runs on';

/** What is said of an address that keys cannot be read from. */
const problems: Readonly<Record<UrlProblem, string>> = {
  'not-a-url': 'must be a URL such as https://product.example/.well-known/jwks.json',
  'other-scheme': notHttps,
  credentials: 'must hold no user name and no password',
  fragment: 'must have no fragment: what follows # is never sent',
  'not-https': notHttps,
  'private-address': 'must lead to a public address',
};

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An assertion that is believed, and the identity that it was checked by. */
export type CheckedAssertion = Assertion & { checkedBy: IdentityResponse };

/** The vendor's own sign-in, whose assertions sign admins in without a link. */
@Injectable()
export class IdentityService {
  private readonly logger = new Logger(IdentityService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keySets: KeySets,
    tasks: BackgroundTasks,
  ) {
    tasks.every({
      name: 'Forgetting sign-in assertions',
      everyMs: forgetEveryMs,
      once: () => this.forgetSpent(),
    });
  }

  /** @throws NotFoundError while none is set */
  @InLane('access')
  async get(): Promise<IdentityResponse> {
    const found = await findIdentity(dbOf(this.dataSource));
    if (found === null) throw noIdentity();
    return found;
  }

  /**
   * Sets it, or replaces what was set; assertions of the one before are refused from now on.
   *
   * @throws BadInputError
   * @throws PreconditionFailedError
   */
  @InLane('access')
  async put(
    { issuer, jwksUri, audience }: IdentityDto,
    by: string,
    precondition: Precondition,
  ): Promise<IdentityResponse> {
    const address = readKeysAddress(jwksUri);
    const now = this.clock.now();
    const put = await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      precondition.check(await findIdentity(db, lock));
      await db.run(sql`
        INSERT INTO vendor_identity (issuer, jwks_uri, audience, updated_at)
        VALUES (${issuer}, ${address}, ${audience}, ${now})
        ON CONFLICT (is_only) DO UPDATE SET issuer = excluded.issuer, jwks_uri = excluded.jwks_uri,
          audience = excluded.audience, updated_at = excluded.updated_at`);
      return { issuer, jwksUri: address, audience, updatedAt: now.toISOString() };
    });
    this.keySets.forget();
    this.logger.log(`The sign-in of the product was set by ${by}.`);
    return put;
  }

  /**
   * Takes it away: only links sign in from now on. Those who are signed in stay so.
   *
   * @throws NotFoundError while none is set
   * @throws PreconditionFailedError
   */
  @InLane('access')
  async remove(by: string, precondition: Precondition): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const found = await findIdentity(db, lock);
      if (found === null) throw noIdentity();
      precondition.check(found);
      await db.run(sql`DELETE FROM vendor_identity`);
    });
    this.keySets.forget();
    this.logger.log(`The sign-in of the product was taken away by ${by}.`);
  }

  /**
   * Checks an assertion; it is not spent by that.
   *
   * @throws UnauthenticatedError when it is not believed; the message says why
   * @throws UnavailableError while the keys cannot be had
   */
  async check(text: string, challenge: string): Promise<CheckedAssertion> {
    const identity = await findIdentity(dbOf(this.dataSource));
    if (identity === null) {
      const message = 'Sign-in assertions are not set up here.';
      throw new UnauthenticatedError(message, challenge);
    }
    const { issuer, jwksUri, audience } = identity;
    const keys = this.keySets.at(jwksUri);
    try {
      const checked = await checkAssertion(text, { issuer, audience }, keys, this.clock.now());
      return { ...checked, checkedBy: identity };
    } catch (error) {
      throw this.told(error, challenge);
    }
  }

  /**
   * Uses an assertion up: of two who bring the same one gets in.
   *
   * @throws UnauthenticatedError when it was used before, or when the identity that it was checked by is set no more
   */
  async spend(
    manager: EntityManager,
    { id, expiresAt, checkedBy }: CheckedAssertion,
    challenge: string,
  ): Promise<void> {
    // Keys may take seconds to come: who was trusted then may be so no more.
    const identity = await findIdentity(dbOf(manager), shareLock);
    if (!isDeepStrictEqual(identity, checkedBy))
      throw refused('whose it is has been changed meanwhile', challenge);
    const idHash = createHash('sha256')
      .update(JSON.stringify([checkedBy.issuer, id]))
      .digest();
    // As long as it could be believed, its tolerance included.
    const until = new Date(expiresAt.getTime() + seconds(2 * clockSkewMaxSeconds));
    const { count } = await dbOf(manager).run(sql`
      INSERT INTO spent_assertion (id_hash, expires_at) VALUES (${idHash}, ${until}) ON CONFLICT DO NOTHING`);
    if (count === 0) throw refused('it was used before', challenge);
  }

  private told(error: unknown, challenge: string): unknown {
    if (error instanceof RefusedAssertion) return refused(error.message, challenge);
    if (!(error instanceof KeysUnavailable)) return error;
    this.logger.warn(`${error.message} ${errorWords(error.cause)}`);
    return new UnavailableError(error.message);
  }

  private async forgetSpent(): Promise<void> {
    await dbOf(this.dataSource).run(sql`DELETE FROM spent_assertion WHERE expires_at <= ${this.clock.now()}`);
  }
}

const lock = sql`FOR UPDATE`;
const shareLock = sql`FOR SHARE`;

async function findIdentity(db: Db, locking: Sql = nothing): Promise<IdentityResponse | null> {
  const { rows } = await db.run(
    sql<{ issuer: string; jwks_uri: string; audience: string; updated_at: Date }>`
      SELECT issuer, jwks_uri, audience, updated_at FROM vendor_identity ${locking}`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { issuer, jwks_uri: jwksUri, audience } = row;
  return { issuer, jwksUri, audience, updatedAt: row.updated_at.toISOString() };
}

function noIdentity(): NotFoundError {
  return new NotFoundError('identity', 'Only admin links sign in: no identity is set.');
}

function refused(why: string, challenge: string): UnauthenticatedError {
  return new UnauthenticatedError(`This sign-in assertion is not valid: ${why}.`, challenge);
}

/**
 * Reads the address of the keys, see `checkUrl`. The operator chose it, so it may lead to an address that is not public.
 *
 * @returns the address in its normal form
 * @throws BadInputError
 */
function readKeysAddress(text: string): string {
  const checked = checkUrl(text, true);
  const problem = 'problem' in checked ? checked.problem : problemOfKeys(checked.url);
  if ('url' in checked && problem === null) return checked.url.href;
  throw new BadInputError([{ path: 'jwksUri', message: `jwksUri ${problems[problem ?? 'not-a-url']}` }]);
}

/** Keys that come over a network in clear could be anybody's. */
function problemOfKeys({ protocol, hostname }: URL): UrlProblem | null {
  return protocol === 'https:' || localHosts.has(hostname) ? null : 'not-https';
}
