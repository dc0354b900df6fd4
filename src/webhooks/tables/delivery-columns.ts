import { integer, moment, text } from '../../database/table/column.ts';

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * The columns that every table of deliveries has: something is on its way to a receiver, and what became of it.
 * `SendError` is what can go wrong with an attempt.
 */
export function deliveryColumns<SendError extends string>() {
  return {
    state: text<DeliveryState>(),
    /** How often it was sent. Each attempt has its number, so that one that was given up cannot write its end. */
    attempts: integer().default(0),
    /** How often it failed since it was made, or since somebody sent it again. */
    failures: integer().default(0),
    nextAttemptAt: moment().orNull(),
    /** Until then the attempt under way has it. */
    leasedUntil: moment().orNull(),
    /** What follows is the last attempt; `answer` is what the receiver said. */
    attemptedAt: moment().orNull(),
    status: integer().orNull(),
    error: text<SendError>().orNull(),
    answer: text().orNull(),
    createdAt: moment(),
  };
}
