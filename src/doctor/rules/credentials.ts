import { hours } from '../../errors/duration.ts';
import { clientSecretPrefix } from '../../http/request/token-kind.ts';
import type { AttemptProblem } from '../../tokens/token-attempt.ts';
import type { Facts } from '../facts/facts.ts';
import { agoMs, type Found, type Rule } from './rule.ts';

/** A revoked or expired token may be used beside a good one: then it counts while it goes on. */
const goesOnForMs = hours(2);

/** What came with a token of the workspace that was spoilt on its way; over as soon as a good one arrives. */
function spoilt(facts: Facts, problems: readonly AttemptProblem[]): Found | null {
  const attempt = facts.attempts.find(({ problem }) => problems.includes(problem));
  if (attempt === undefined || isFollowedByContact(facts, attempt.lastAt)) return null;
  return foundIn(attempt);
}

/** A token of the workspace that is no good any more. */
function used(facts: Facts, problem: AttemptProblem): Found | null {
  const attempt = facts.attempts.find((each) => each.problem === problem);
  if (attempt === undefined) return null;
  const isOver = isFollowedByContact(facts, attempt.lastAt) && agoMs(facts, attempt.lastAt) > goesOnForMs;
  return isOver ? null : foundIn(attempt);
}

function isFollowedByContact({ lastContact }: Facts, at: Date): boolean {
  return lastContact !== null && lastContact.at >= at;
}

function foundIn(attempt: Facts['attempts'][number]): Found {
  const { tokenPrefix, tokenLastFour, tokenName, lengthChars, count, firstAt } = attempt;
  const credential = tokenPrefix.startsWith(clientSecretPrefix) ? 'client' : 'token';
  return {
    params: { tokenPrefix, lastFour: tokenLastFour, tokenName, lengthChars, count, credential },
    since: firstAt,
    log: null,
  };
}

/** What the token says that identity providers come with. */
export const credentialRules: readonly Rule[] = [
  {
    code: 'token-cut',
    severity: 'error',
    find: (facts) => spoilt(facts, ['truncated', 'mistyped']),
  },
  { code: 'token-not-alone', severity: 'error', find: (facts) => spoilt(facts, ['surrounded']) },
  { code: 'token-revoked', severity: 'error', find: (facts) => used(facts, 'revoked') },
  { code: 'token-expired', severity: 'error', find: (facts) => used(facts, 'expired') },
];
