import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../../config/config.ts';
import { RateLimitedError } from '../../errors/rate-limited-error.ts';
import { seconds } from '../../errors/duration.ts';
import { credentialsOf } from '../request/credentials.ts';
import type { KnownRequest } from '../request/request-state.ts';
import { shownPrefixLengthChars } from '../request/token-secret.ts';
import { clientAddressOf } from './client-address.ts';
import { setRateLimitFields } from './rate-limit-fields.ts';
import { type Standing, TokenBuckets } from './token-buckets.ts';

/** For how many seconds' worth of requests may come at once. */
const burstSeconds = 10;
/** Workspaces, tokens and sessions of which is remembered how many requests they sent lately. */
const holdersMax = 20_000;
/** The same of addresses, and of addresses with bad credentials that begin alike. */
const addressesMax = 100_000;

/**
 * How long a refusal waits on average when there were more of them for somebody within a second than their address may
 * send: a client that sends without a pause costs little then.
 */
const refusalWaitMs = seconds(1);
/**
 * Each of them waits between half of that and half as much again. Those that were refused together would else be answered
 * together, and come back together, again and again; everybody else would wait behind them. Steps of the golden ratio
 * spread any number of them evenly.
 */
const spreadStep = (Math.sqrt(5) - 1) / 2;
/** Refusals that wait at a time; further ones do not. */
const refusalsWaitingMax = 500;
/** How often the provisioning log says that a token sends too many requests. */
const toldEveryMs = seconds(10);
const minuteSeconds = 60;

/** Requests that were refused since it was told last. */
interface Untold {
  count: number;
  toldAtMs: number;
}

/** What a process has counted of one holder by one rule. */
export interface Counted {
  readonly rule: string;
  readonly holder: string;
  readonly count: number;
}

/**
 * How many requests this process takes: with good credentials, by token and by workspace; without, by address. Who brings
 * good credentials is never refused because of what others send from the same address.
 */
@Injectable()
export class RequestLimits {
  private readonly tokens: TokenBuckets;
  private readonly workspaces: TokenBuckets;
  private readonly backEnds: TokenBuckets;
  private readonly addresses: TokenBuckets;
  private readonly failures: TokenBuckets;
  private readonly refusals: TokenBuckets;
  private readonly all: TokenBuckets[];
  private isTogether = false;
  private readonly untold = new Map<string, Untold>();
  private waiting = 0;
  private spread = 0;

  constructor({ rates }: Config) {
    this.tokens = bucketsOf('token', rates.tokenPerSecond, holdersMax);
    this.workspaces = bucketsOf('workspace', rates.workspacePerSecond, holdersMax);
    this.backEnds = bucketsOf('back-end', rates.backEndPerSecond, holdersMax);
    this.addresses = bucketsOf('address', rates.addressPerSecond, addressesMax);
    const failing = { perSecond: rates.failedPerMinute / minuteSeconds, atOnceMax: rates.failedPerMinute };
    const refusals = { perSecond: rates.addressPerSecond, atOnceMax: rates.addressPerSecond };
    this.refusals = new TokenBuckets({ name: 'refusal', ...refusals }, addressesMax);
    this.failures = new TokenBuckets({ name: 'failed-sign-in', ...failing }, addressesMax);
    this.all = [this.tokens, this.workspaces, this.backEnds, this.addresses, this.failures, this.refusals];
  }

  /** Has further buckets counted as those of requests are, across processes; their rule has a name of its own. */
  alsoCount(buckets: TokenBuckets): void {
    this.all.push(buckets);
    if (this.isTogether) buckets.countTogether();
  }

  /** From now on, {@link takeUntold} says what was counted here: processes behind one port count together. */
  countTogether(): void {
    this.isTogether = true;
    for (const buckets of this.all) buckets.countTogether();
  }

  /** What was counted here since this was asked last. */
  takeUntold(): Counted[] {
    return this.all.flatMap((buckets) => asCounted(buckets, buckets.takeUntold()));
  }

  /** What still counts of all that was counted here, for a process that begins to count with this one. */
  countedSoFar(): Counted[] {
    return this.all.flatMap((buckets) => asCounted(buckets, buckets.takenSoFar()));
  }

  /** Counts what another process has counted, though it may exceed a limit: the holder then waits for longer. */
  addCounted(counted: readonly Counted[]): void {
    for (const { rule, holder, count } of counted)
      this.all.find((buckets) => buckets.rule.name === rule)?.owe(holder, count);
  }

  /**
   * Counts a request whose credentials are good, or were until its workspace was suspended.
   *
   * @throws RateLimitedError when its token or workspace sends too many
   */
  countGood(request: KnownRequest, response: Response): void {
    const standings = this.takeAll(holdersOf(request));
    setRateLimitFields(response, standings);
    const refusing = standings.find(({ isTaken }) => !isTaken);
    if (refusing !== undefined) throw this.tooMany(request, refusing);
  }

  /**
   * Counts a request that nobody vouches for: without credentials where none are needed.
   *
   * @throws RateLimitedError when its address sends too many
   */
  countOpen(request: KnownRequest, response: Response): void {
    const standing = this.addresses.take(clientAddressOf(request));
    if (standing.isTaken) return;
    setRateLimitFields(response, [standing]);
    throw limited('This address', standing);
  }

  /**
   * Counts a request whose credentials are no good.
   *
   * @param refusal why
   * @param credentials what they begin with; default: those of the headers
   * @returns what to answer: that, or that too many such requests came from this address
   */
  countBad<Refusal>(
    request: KnownRequest,
    response: Response,
    refusal: Refusal,
    credentials = beginningOf(request),
  ): Refusal | RateLimitedError {
    const address = clientAddressOf(request);
    const standings = [this.addresses.take(address)];
    if (credentials !== null) standings.push(this.failures.take(`${address} ${credentials}`));
    const refusing = standings.find(({ isTaken }) => !isTaken);
    if (refusing === undefined) return refusal;
    setRateLimitFields(response, [refusing]);
    return refusing.rule === this.failures.rule
      ? new RateLimitedError(failedTooOften(refusing), refusing.untilSeconds)
      : limited('This address', refusing);
  }

  /**
   * How long the refusal of a request should wait before it is answered: not at all, unless somebody asks again and again
   * without a pause.
   *
   * @returns milliseconds; when they are over, `refusalAnswered` is to be called
   */
  refusalWaitMs(request: KnownRequest): number {
    const [holder = `address ${clientAddressOf(request)}`] = holdersOf(request).map(([, key]) => key);
    if (this.refusals.take(holder).isTaken || this.waiting >= refusalsWaitingMax) return 0;
    this.waiting += 1;
    this.spread = (this.spread + spreadStep) % 1;
    return Math.round(refusalWaitMs * (0.5 + this.spread));
  }

  refusalAnswered(): void {
    this.waiting -= 1;
  }

  private takeAll(holders: readonly [Kind, string][]): Standing[] {
    return holders.map(([kind, holder]) => this[kind].take(holder));
  }

  private tooMany(request: KnownRequest, standing: Standing): RateLimitedError {
    const who = subjects[standing.rule.name] ?? 'This address';
    const { apiToken = request.refusedToken } = request;
    if (apiToken === undefined) return limited(who, standing);
    const refused = this.noteRefused(apiToken.tokenId);
    // One entry says it for all: thousands of them would push others out of the log.
    if (refused === null) request.isLeftOutOfLog = true;
    return limited(who, standing, refused ?? 1);
  }

  /** @returns how many were refused since it was told last, or null when that is too short a time ago */
  private noteRefused(holder: string): number | null {
    const now = performance.now();
    const untold = this.untold.get(holder) ?? { count: 0, toldAtMs: -Infinity };
    untold.count += 1;
    if (this.untold.size >= holdersMax) this.untold.clear();
    this.untold.set(holder, untold);
    if (now - untold.toldAtMs < toldEveryMs) return null;
    const { count } = untold;
    this.untold.set(holder, { count: 0, toldAtMs: now });
    return count;
  }
}

function asCounted({ rule }: TokenBuckets, taken: readonly [holder: string, count: number][]): Counted[] {
  return taken.map(([holder, count]) => ({ rule: rule.name, holder, count }));
}

type Kind = 'tokens' | 'workspaces' | 'backEnds';

const subjects: Readonly<Record<string, string>> = {
  token: 'This token',
  workspace: 'This workspace',
  'back-end': 'This key',
};

function bucketsOf(name: string, perSecond: number, holders: number): TokenBuckets {
  return new TokenBuckets({ name, perSecond, atOnceMax: perSecond * burstSeconds }, holders);
}

/** Whose requests it counts to. An identity provider and the admins of its workspace do not count together. */
function holdersOf({ apiToken, refusedToken, session, caller }: KnownRequest): [Kind, string][] {
  const token = apiToken ?? refusedToken;
  if (token !== undefined) {
    return [
      ['tokens', `api ${token.tokenId}`],
      ['workspaces', `provider ${token.workspaceId}`],
    ];
  }
  if (session !== undefined) {
    return [
      ['tokens', `session ${session.id}`],
      ['workspaces', `admins ${session.workspaceId}`],
    ];
  }
  if (caller === undefined) return [];
  return [['backEnds', caller.kind === 'key' ? `key ${caller.id}` : `operator ${caller.name ?? ''}`]];
}

/** The beginning of the credentials that came, as much as may be shown of a secret; null: there were none. */
function beginningOf({ headers }: KnownRequest): string | null {
  const { authorization, cookie } = headers;
  if (authorization === undefined) {
    const [, value] = /_session=([^;]+)/.exec(cookie ?? '') ?? [];
    return value?.slice(0, shownPrefixLengthChars) ?? null;
  }
  const credentials = credentialsOf(authorization);
  if (credentials.kind === 'none') return null;
  return credentials.kind === 'token' ? credentials.token.slice(0, shownPrefixLengthChars) : credentials.came;
}

function limited(who: string, { rule, untilSeconds }: Standing, refused = 1): RateLimitedError {
  const since = refused > 1 ? ` ${refused} requests were refused since this was last told.` : '';
  return new RateLimitedError(
    `${who} sends more than ${rule.perSecond} requests a second. Try again in ${untilSeconds} s.${since}`,
    untilSeconds,
  );
}

function failedTooOften({ rule, untilSeconds }: Standing): string {
  return (
    `More than ${rule.atOnceMax} requests a minute with bad credentials came from this address. ` +
    `Check what your client sends, and try again in ${untilSeconds} s.`
  );
}
