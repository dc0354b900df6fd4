import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import { type ChangeKind, changeKinds } from './change-kind.ts';
import type { GroupRef } from './person-groups.ts';
import type { KeptReason, Reason } from './reason.ts';

export { type ChangeKind, changeKinds };

/** PENDING of the HTTP contract: how many changes there are of each kind. */
export type Pending = Record<ChangeKind, number>;

/** What becomes of a change: `held` waits for approval; `kept` is what an undo left, or a hold that was released. */
export const changeStates = ['made', 'held', 'approved', 'rejected', 'undone', 'kept'] as const;
export type ChangeState = (typeof changeStates)[number];

/**
 * The state of the directory that something was decided on. An undo or a rejection lasts until the identity provider
 * sends something newer.
 *
 * @property version the version of the directory user; null: deleted
 * @property groups a stamp of the person's groups, where the decision is about them; else null
 */
export interface Basis {
  version: string | null;
  groups: string | null;
}

/** The references to people who have no member yet: the manager's, and those of properties by key. */
export interface WaitsFor {
  manager: string | null;
  properties: Record<string, string>;
}

/** Groups that a member joins and leaves. */
export interface Regrouping {
  joined: GroupRef[];
  left: GroupRef[];
}

/**
 * How a person and a member found each other; of a change that no identity provider caused, what did: the undo of a
 * run, or an admin who brought everybody back.
 */
export type Origin =
  'nobody' | 'stored-link' | 'linked-by-admin' | 'returner' | 'same-email' | 'undo' | 'bring-back';

/**
 * What synchronization does, or would do, to one person. `kind` is `nothing` where nothing would happen.
 *
 * @property basedOn what of the directory it was decided on
 * @property waitsFor people it cannot refer to yet; null: nobody
 * @property groups the groups that the member joins and leaves; null: none
 */
export interface Change {
  kind: ChangeKind | 'nothing';
  directoryUserId: string;
  memberId: string | null;
  name: string;
  fields: FieldChange[];
  reason: Reason;
  basedOn: Basis;
  waitsFor: WaitsFor | null;
  groups: Regrouping | null;
}

/** What a member loses when an adoption is undone, so that the undo can be undone. */
export interface Unlinked {
  provisionedFields: string[];
  externalId: string | null;
}

/**
 * A change that a run notes; `kind` is what is done to the member, also while it is held.
 *
 * @property originalKind of an undo: what was done at first, before anything was undone
 * @property unlinked of an undo that lets a member go: what they had from provisioning
 */
export interface NewChange extends Change {
  kind: ChangeKind;
  state: ChangeState;
  origin: Origin;
  originalKind: ChangeKind | null;
  unlinked: Unlinked | null;
}

/**
 * What of a noted change is not in its reason, as it is stored.
 *
 * @property keptReason why it stays, or why the hold was released
 * @property rejectedBy the undo run that rejected it
 * @property wasApproved an admin had approved it before it was undone
 */
export interface StoredState extends Pick<
  NewChange,
  'basedOn' | 'waitsFor' | 'groups' | 'origin' | 'originalKind' | 'unlinked'
> {
  keptReason: KeptReason | null;
  rejectedBy: string | null;
  wasApproved: boolean;
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
