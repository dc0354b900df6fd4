import { carriedOutKinds, type ChangeKind, type RunChange } from '../../api/shapes.ts';
import type { TextKey } from '../../locales/text-key.ts';

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
