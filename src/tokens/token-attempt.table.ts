import { integer, moment, text, uuid } from '../database/table/column.ts';
import { table } from '../database/table/table.ts';
import type { AttemptProblem } from './token-attempt.ts';

/**
 * Requests that were refused because of their token, of which the workspace is known all the same: the token is revoked or
 * expired, or what came begins like it. Nothing of what came is kept but its length.
 */
export const tokenAttempt = table('token_attempt', {
  workspaceId: uuid().key(),
  tokenId: uuid().key(),
  problem: text<AttemptProblem>().key(),
  /** How often, since `firstAt`. */
  count: integer(),
  lengthChars: integer(),
  userAgent: text().orNull(),
  firstAt: moment(),
  lastAt: moment(),
});
