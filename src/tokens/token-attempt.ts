/** Why an attempt with an API token failed: what came is a piece, mistyped, not alone; or the token is no good any more. */
export const attemptProblems = ['truncated', 'mistyped', 'surrounded', 'revoked', 'expired'] as const;
export type AttemptProblem = (typeof attemptProblems)[number];

/** An attempt as its admin reads it. */
export interface TokenAttempt {
  tokenId: string;
  tokenName: string;
  tokenPrefix: string;
  tokenLastFour: string;
  problem: AttemptProblem;
  count: number;
  lengthChars: number;
  userAgent: string | null;
  firstAt: Date;
  lastAt: Date;
}
