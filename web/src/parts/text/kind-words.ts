import { carriedOutKinds, type Change, type ChangeKind, type RunChange } from '../../api/shapes.ts';
import type { TextKey } from '../../locales/text-key.ts';

/** What somebody who is held waits for: a decision about their deactivation, a seat, or their role. */
export type HeldFor = 'removal' | 'seat' | 'role';

/** What somebody waits for, by the reason why they are held. */
export function heldFor({ code, params }: Pick<Change['reason'], 'code' | 'params'>): HeldFor {
  if (code === 'no-seat') return 'seat';
  if (code === 'role-needs-review' || code === 'role-full') return 'role';
  // Without a kind, the last one with a privileged role keeps it, and nothing else waits.
  if (code === 'last-admin') return params.kind === undefined ? 'role' : 'removal';
  return 'removal';
}

/** What a change that has not been made is called; of who is held, what for. */
export function kindText({ kind, reason }: Pick<Change, 'kind' | 'reason'>): TextKey {
  return kind === 'held' ? `kind.held.${heldFor(reason)}` : `kind.${kind}`;
}

const carriedOut: readonly ChangeKind[] = carriedOutKinds;

/**
 * What a change of a run is called: as done if it was carried out, at once or when it was approved, also if it was undone later;
 * else by its kind. Without a state it is about all that a run did of that kind.
 */
export function doneKindText(kind: ChangeKind, state?: RunChange['state']): TextKey {
  return isCarriedOut(kind) && state !== 'held' && state !== 'rejected'
    ? `kind.done.${kind}`
    : `kind.${kind}`;
}

function isCarriedOut(kind: ChangeKind): kind is (typeof carriedOutKinds)[number] {
  return carriedOut.includes(kind);
}
