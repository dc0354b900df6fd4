import { days, hours, minutes } from '../../errors/duration.ts';
import type { Facts, RequestFact } from '../facts/facts.ts';
import { bySender } from '../facts/provider.ts';
import { agoMs, earliest, type Found, latest, logOf, type Rule } from './rule.ts';

/** Entra asks about every 40 minutes: after three times that, something has stopped it. */
const silentAfterMs = hours(2);
/** Requests before a silence that are looked at, and the share of refusals that makes Entra give up. */
const beforeSilenceRequests = 50;
const quarantineRefusalsAtLeast = 5;
const quarantineShare = 0.4;

const cycleWindowMs = minutes(10);
const cyclePeopleAtLeast = 10;
/** A first cycle may last so long. */
export const cycleBeganWithinMs = days(1);

const idleAfterMs = hours(1);
const sendersWindowMs = days(1);
const sendersWritesAtLeast = 2;
const missesAtLeast = 3;
const clashesAtLeast = 2;

/** The job was stopped by its identity provider, because too much was refused. */
function quarantine(facts: Facts): Found | null {
  const { lastContact, requests, attempts } = facts;
  if (lastContact === null || agoMs(facts, lastContact.at) < silentAfterMs) return null;
  const newest = requests.slice(0, beforeSilenceRequests);
  const refused = newest.filter(({ status }) => status >= 400);
  const isMuch =
    refused.length >= quarantineRefusalsAtLeast && refused.length >= newest.length * quarantineShare;
  const isBarred = lastContact.status === 401 || lastContact.status === 403 || lastContact.status >= 500;
  // Bad credentials quarantine at once; those who know none of our tokens leave no request in the log.
  const isLockedOut = attempts.some(({ lastAt }) => lastAt > lastContact.at);
  if (!isMuch && !isBarred && !isLockedOut) return null;
  return {
    params: { refused: refused.length, requests: newest.length },
    since: lastContact.at,
    log: refused.length > 0 ? logOf({ outcome: 'error' }) : null,
  };
}

/** Entra was stopped, or stopped itself, without refusals. Others send only when something changes. */
function stopped(facts: Facts): Found | null {
  const { lastContact, provider, users } = facts;
  if (provider !== 'entra' || users === 0 || lastContact === null) return null;
  if (agoMs(facts, lastContact.at) < silentAfterMs || quarantine(facts) !== null) return null;
  const silentHours = Math.floor(agoMs(facts, lastContact.at) / hours(1));
  return { params: { hours: silentHours }, since: lastContact.at, log: null };
}

/** Two identity providers write with one token: each undoes what the other does. */
function twoProviders(facts: Facts): Found | null {
  const recent = facts.requests.filter((request) => agoMs(facts, request.at) < sendersWindowMs);
  for (const [tokenId, sent] of Map.groupBy(recent, (request) => request.tokenId)) {
    const names = new Map<string, RequestFact[]>();
    for (const { sender, requests } of bySender(sent)) {
      if (sender.name === null) continue;
      names.set(sender.name, [...(names.get(sender.name) ?? []), ...requests.filter(isWrite)]);
    }
    const writers = [...names].filter(([, writes]) => writes.length >= sendersWritesAtLeast);
    const [first, second] = writers.map(([name]) => name).sort();
    if (first === undefined || second === undefined) continue;
    const since = latest(writers.flatMap(([, writes]) => earliest(writes.map(({ at }) => at)) ?? []));
    return { params: { first, second }, since, log: logOf({ kind: 'change', tokenId }) };
  }
  return null;
}

/** It looks people up by something that finds nobody, and then cannot create them because they are here. */
function neverMatches(facts: Facts): Found | null {
  const clashes = facts.refusals.filter(
    ({ method, status, resourceType, isResolved }) =>
      method === 'POST' && status === 409 && resourceType === 'User' && !isResolved,
  );
  if (clashes.length < clashesAtLeast) return null;
  const lookups = facts.requests.flatMap((request) => {
    const attribute = attributeAskedFor(request);
    return attribute === null ? [] : [{ attribute, request }];
  });
  for (const [attribute, asked] of Map.groupBy(lookups, (lookup) => lookup.attribute)) {
    if (asked.length < missesAtLeast || asked.some(({ request }) => request.found !== 0)) continue;
    const since = earliest(asked.map(({ request }) => request.at));
    return {
      params: { attribute, count: asked.length, clashes: clashes.length },
      since,
      log: logOf({ kind: 'read' }),
    };
  }
  return null;
}

/** What a lookup of people compares; null: the request is none. */
function attributeAskedFor({ method, path, resourceType, status }: RequestFact): string | null {
  if (method !== 'GET' || resourceType !== 'User' || status >= 400) return null;
  const filter = new URLSearchParams(path.split('?', 2)[1]).get('filter') ?? '';
  return /^\s*(\S+?(?:\[.*?\]\S*)?)\s+eq\s/i.exec(filter)?.[1] ?? null;
}

/** The connection works, and nobody is sent. */
function nothingSent(facts: Facts): Found | null {
  const { users, groups, requests } = facts;
  const [oldest] = requests.slice(-1);
  if (users > 0 || groups > 0 || oldest === undefined) return null;
  if (requests.some(isWrite) || requests.every(({ status }) => status >= 400)) return null;
  return agoMs(facts, oldest.at) < idleAfterMs ? null : { params: {}, since: oldest.at, log: logOf({}) };
}

/**
 * People are arriving for the first time: who synchronizes now synchronizes half a company. The people tell, not the latest
 * requests: those are soon about managers and groups alone, of which a cycle has many more.
 */
function firstCycle(facts: Facts): Found | null {
  const { since } = facts.early;
  if (since === null || agoMs(facts, since) > cycleBeganWithinMs) return null;
  const arriving = facts.people.filter(({ createdAt }) => agoMs(facts, createdAt) < cycleWindowMs);
  if (arriving.length < cyclePeopleAtLeast) return null;
  return { params: { users: facts.users }, since, log: logOf({ kind: 'change' }) };
}

function isWrite({ method, path }: RequestFact): boolean {
  return method !== 'GET' && !/\/\.search/i.test(path);
}

/** What the course of the requests says. */
export const trafficRules: readonly Rule[] = [
  { code: 'quarantine', severity: 'error', find: quarantine },
  { code: 'stopped-sending', severity: 'warning', find: stopped },
  { code: 'two-identity-providers', severity: 'error', find: twoProviders },
  { code: 'filter-never-matches', severity: 'error', find: neverMatches },
  { code: 'nothing-sent', severity: 'info', find: nothingSent },
  { code: 'first-cycle-running', severity: 'info', find: firstCycle },
];
