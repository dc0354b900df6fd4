import type { Response } from 'express';
import type { BucketRule, Standing } from './token-buckets.ts';

/**
 * Tells the client how fast it may go on and how it stands (draft-ietf-httpapi-ratelimit-headers-10): `q` requests in `w`
 * seconds, of which `r` are left; `t` seconds until there are more.
 *
 * @param standings all that the request counted in; the one with the least left is told
 */
export function setRateLimitFields(response: Response, standings: readonly Standing[]): void {
  const [first, ...others] = standings;
  if (first === undefined || response.headersSent) return;
  const tightest = others.reduce((one, other) => (shareLeft(other) < shareLeft(one) ? other : one), first);
  response.setHeader('RateLimit-Policy', standings.map(({ rule }) => policyOf(rule)).join(', '));
  response.setHeader('RateLimit', `"${tightest.rule.name}";r=${tightest.left};t=${tightest.untilSeconds}`);
}

function shareLeft({ isTaken, left, rule }: Standing): number {
  return isTaken ? left / rule.atOnceMax : -1;
}

function policyOf({ name, perSecond, atOnceMax }: BucketRule): string {
  return `"${name}";q=${atOnceMax};w=${Math.ceil(atOnceMax / perSecond)}`;
}
