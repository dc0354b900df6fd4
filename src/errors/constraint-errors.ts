import { Injectable } from '@nestjs/common';
import { ExtensionPoint } from '../extension-points/extension-point.ts';
import { violatedConstraint } from './failed-query.ts';

/** What the violation of a database constraint means. */
export interface ConstraintMeaning {
  /** The name of the constraint or unique index, as the migration names it. */
  constraint: string;
  /** Makes the domain error to answer with. */
  toError: () => Error;
}

/**
 * What violated constraints mean. Uniqueness is the index's business: there is no select before an insert, so the
 * feature that owns a table registers the error its constraint stands for.
 */
@Injectable()
export class ConstraintErrors extends ExtensionPoint<ConstraintMeaning> {
  /** The domain error that a failed query stands for, or null when nobody registered its constraint. */
  errorOf(failed: unknown): Error | null {
    const violated = violatedConstraint(failed);
    if (violated === null) return null;
    return this.entries.find(({ constraint }) => constraint === violated)?.toError() ?? null;
  }
}
