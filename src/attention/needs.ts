import { days, hours, minutes } from '../errors/duration.ts';
import type { Sentence } from '../errors/sentence.ts';

/** An active identity provider that is silent for so long has stopped; most call every hour. */
const silentAfterMs = hours(24);

/** So long an admin may take from activation to the first call. */
const firstContactWithinMs = days(7);

/** So long before its end something is worth a word. */
const toldBeforeMs = days(7);

/** A run of a large company is over by then. */
const runEndsWithinMs = hours(1);

/** Nights begin one after another, within this time. */
const nightBeginsWithinMs = minutes(30);

/** What is known of a workspace, all of it cheap to read. */
export interface WorkspaceFacts {
  isActive: boolean;
  activatedAt: Date | null;
  lastContactAt: Date | null;
  suspendedUntil: Date | null;
  /** When the next night is due; null while nothing happens automatically. */
  nextSyncAt: Date | null;
  held: { count: number; since: Date } | null;
  conflicts: { count: number; since: Date } | null;
  /** The newest manual or nightly run. */
  lastRun: { state: string; createdAt: Date; finishedAt: Date | null } | null;
  /** Until when an API token works; `forever` for one without an end; null: none works. */
  tokensUntil: Date | 'forever' | null;
}

/** What somebody has to do something about. */
export interface Need {
  code: NeedCode;
  /** Since when it is so; for what is to come, when it comes. */
  at: Date;
  /** How many people it is about. */
  count: number | null;
}

/** In the order in which they are told: what keeps people from working, or access from ending, comes first. */
export const needSentences = {
  'run-failed': {
    en: 'The last synchronization failed.',
    de: 'Die letzte Synchronisierung ist fehlgeschlagen.',
  },
  'run-stuck': {
    en: 'A synchronization has not ended within an hour.',
    de: 'Eine Synchronisierung ist nach einer Stunde noch nicht beendet.',
  },
  'no-token': {
    en: 'No API token works: the identity provider cannot call.',
    de: 'Kein API-Token gilt: Der Identitätsanbieter kann sich nicht melden.',
  },
  'token-expires': {
    en: 'The last API token expires soon.',
    de: 'Das letzte API-Token läuft bald ab.',
  },
  'identity-provider-silent': {
    en: 'The identity provider has not called for a day or longer.',
    de: 'Der Identitätsanbieter hat sich seit mindestens einem Tag nicht gemeldet.',
  },
  'never-contacted': {
    en: 'The identity provider has never called since the activation.',
    de: 'Der Identitätsanbieter hat sich seit der Aktivierung nie gemeldet.',
  },
  'held-removals': {
    en: '{count, plural, one {# removal waits} other {# removals wait}} for an admin.',
    de: '{count, plural, one {# Deaktivierung wartet} other {# Deaktivierungen warten}} auf eine Freigabe.',
  },
  'night-overdue': {
    en: 'The automatic synchronization is overdue.',
    de: 'Die automatische Synchronisierung ist überfällig.',
  },
  'suspension-ends': {
    en: 'The entitlement was lost, and the time to give it back without a loss ends soon.',
    de: 'Die Berechtigung ist entfallen, und die Frist, sie ohne Verlust zurückzugeben, endet bald.',
  },
  conflicts: {
    en: '{count, plural, one {# person} other {# people}} cannot be synchronized until an admin decides.',
    de: '{count, plural, one {# Person kann} other {# Personen können}} erst nach einer Entscheidung synchronisiert werden.',
  },
} as const satisfies Record<string, Sentence>;

export type NeedCode = keyof typeof needSentences;
export const needCodes = Object.keys(needSentences) as NeedCode[];

/** What somebody has to do something about in a workspace. */
export function needsOf(facts: WorkspaceFacts, now: Date): Need[] {
  const found: Need[] = [];
  const add = (code: NeedCode, at: Date | null, count: number | null = null) => {
    if (at !== null) found.push({ code, at, count });
  };
  const { held, conflicts } = facts;
  add('suspension-ends', within(facts.suspendedUntil, now, toldBeforeMs));
  if (facts.isActive) {
    for (const need of activeNeeds(facts, now)) found.push(need);
    add('held-removals', held?.since ?? null, held?.count);
    add('conflicts', conflicts?.since ?? null, conflicts?.count);
  }
  return found.sort((one, other) => needCodes.indexOf(one.code) - needCodes.indexOf(other.code));
}

function activeNeeds(facts: WorkspaceFacts, now: Date): Need[] {
  const { activatedAt, lastContactAt, lastRun, nextSyncAt, tokensUntil } = facts;
  const isOpen = lastRun?.state === 'queued' || lastRun?.state === 'running';
  const since: Partial<Record<NeedCode, Date | null>> = {
    'run-failed': lastRun?.state === 'failed' ? (lastRun.finishedAt ?? lastRun.createdAt) : null,
    'run-stuck': isOpen ? before(lastRun?.createdAt ?? null, now, runEndsWithinMs) : null,
    'no-token': tokensUntil === null ? now : null,
    'token-expires': tokensUntil instanceof Date ? within(tokensUntil, now, toldBeforeMs) : null,
    'identity-provider-silent': before(lastContactAt, now, silentAfterMs),
    'never-contacted': lastContactAt === null ? before(activatedAt, now, firstContactWithinMs) : null,
    'night-overdue': before(nextSyncAt, now, nightBeginsWithinMs),
  };
  return (Object.entries(since) as [NeedCode, Date | null][]).flatMap(([code, at]) =>
    at === null ? [] : [{ code, at, count: null }],
  );
}

/** The time, if it is longer ago than this. */
function before(time: Date | null, now: Date, agoMs: number): Date | null {
  return time !== null && now.getTime() - time.getTime() >= agoMs ? time : null;
}

/** The time, if it comes within this. */
function within(time: Date | null, now: Date, comesMs: number): Date | null {
  return time !== null && time > now && time.getTime() - now.getTime() <= comesMs ? time : null;
}
