import type { Facts } from '../facts/facts.ts';

/**
 * How bad it is. `error`: people are missing or keep access that they should not have. `warning`: it will hurt later, or
 * some data is missing. `info`: good to know.
 */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Every finding, in the order in which they are shown. A code never changes its meaning. */
export const findingCodes = [
  'token-cut',
  'token-not-alone',
  'token-revoked',
  'token-expired',
  'quarantine',
  'stopped-sending',
  'two-identity-providers',
  'filter-never-matches',
  'refused-again',
  'active-never-sent',
  'only-groups',
  'external-id-mail-nickname',
  'external-id-is-address',
  'external-id-missing',
  'user-name-is-id',
  'user-name-onmicrosoft',
  'email-not-an-email',
  'email-missing',
  'names-missing',
  'attribute-dropped',
  'managers-unknown',
  'deleted-at-once',
  'nested-groups',
  'empty-groups',
  'managers-never-sent',
  'guests-sent',
  'nobody-ever-left',
  'nothing-sent',
  'first-cycle-running',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Which requests of the provisioning log show it; what is null does not narrow. */
export interface LogLink {
  outcome: 'success' | 'error' | null;
  kind: 'read' | 'change' | null;
  resourceId: string | null;
  tokenId: string | null;
}

/** What a rule found: what its sentences name, since when it has been so, and where it can be seen. */
export interface Found {
  params: Readonly<Record<string, string | number>>;
  since: Date | null;
  log: LogLink | null;
}

/** Looks at the facts for one thing that is wrong at the identity provider; null: it is not, or nobody can tell. */
export interface Rule {
  code: FindingCode;
  severity: Severity;
  find: (facts: Facts) => Found | null;
}

const anyRequest: LogLink = { outcome: null, kind: null, resourceId: null, tokenId: null };

/** A link to the requests that show it. */
export function logOf(narrowed: Partial<LogLink>): LogLink {
  return { ...anyRequest, ...narrowed };
}

/** The earliest of some moments. */
export function earliest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((first, each) => (first === null || each < first ? each : first), null);
}

/** The latest of some moments. */
export function latest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((last, each) => (last === null || each > last ? each : last), null);
}

/** How long before now. */
export function agoMs({ now }: Facts, moment: Date): number {
  return now.getTime() - moment.getTime();
}
