/** What an admin can be told of. */
export const causeKinds = [
  'removals_held',
  'run_failed',
  'conflicts',
  'refusals',
  'idp_silent',
  'token_expiring',
  'token_unused',
  'first_contact',
  'weekly_digest',
] as const;
export type CauseKind = (typeof causeKinds)[number];

/** Each of the given kinds once, in their order. */
export function causesOnce(given: readonly CauseKind[]): CauseKind[] {
  return causeKinds.filter((kind) => given.includes(kind));
}

/** The kinds of messages: one for each cause, and the one that an admin sends to try it. */
export type MessageKind = CauseKind | 'test';

/** What the sentences of a message need: numbers and names of tokens, never a person's name or a secret. */
export type MessageParams = Record<string, string | number | null>;

/**
 * A reason for a message, which lasts for a while: until it is gone, nobody is told again.
 *
 * @property key tells it from others of the workspace: one for each trouble, not one for each person in it
 */
export interface Cause {
  key: string;
  kind: CauseKind;
  params: MessageParams;
}
