/** The kinds of change that the contract counts; `held`, `suppressed` and `excluded` keep another change back. */
export const changeKinds = [
  'create',
  'link',
  'update',
  'deactivate',
  'reactivate',
  'remove',
  'conflict',
  'held',
  'suppressed',
  'excluded',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** PENDING of the HTTP contract: how many changes there are of each kind. */
export type Pending = Record<ChangeKind, number>;

/** Why: a code that has a sentence in every language, and what the sentence needs. Stored as it is. */
export interface Reason {
  code: string;
  params: Record<string, unknown>;
}

/** One field of a member before and after; `field` is as MEMBER spells it, or `properties.<key>`. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** What synchronization does, or would do, to one person. `kind` is `nothing` where nothing would happen. */
export interface Change {
  kind: ChangeKind | 'nothing';
  directoryUserId: string;
  memberId: string | null;
  name: string;
  fields: FieldChange[];
  reason: Reason;
}

/** What is kept of a change; `kind` is what is done to the member, also while it is held. */
export interface NewChange {
  kind: ChangeKind;
  directoryUserId: string;
  memberId: string | null;
  name: string;
  fields: FieldChange[];
  reason: Reason;
  state: string;
}

/** No changes at all. */
export function nothingPending(): Pending {
  return Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Pending;
}

/** The counts of a stored run: what it does not say is 0, so that a kind may be added later. */
export function pendingOf(stored: Partial<Pending>): Pending {
  return { ...nothingPending(), ...stored };
}

/** Adds `more` to `counts` in place. */
export function addCounts(counts: Pending, more: Partial<Pending>): void {
  for (const kind of changeKinds) counts[kind] += more[kind] ?? 0;
}
