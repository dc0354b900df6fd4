import { decideAboutMany } from '../../api/queries/bulk.ts';
import { carriedOutKinds, type Overview, type PendingKind, pendingKinds } from '../../api/shapes.ts';
import { type BulkAct, type BulkAction, bulkActions } from '../../parts/bulk/bulk.ts';
import type { Selection } from '../../parts/lists/use-selection.ts';
import type { UsedPreviewFilter } from './use-preview-filter.ts';

/** What can be done about people of the preview. */
export type PreviewAction = Extract<
  BulkAction,
  'approve' | 'reject' | 'link' | 'retry' | 'lift' | 'include' | 'exclude'
>;

type Matching = UsedPreviewFilter['matching'];

/** Who an act is about: people by their ids, or all who match. */
export type ActOn = { directoryUserIds: string[] } | { matching: Matching };

const actionsOfKind: Readonly<Record<PendingKind, readonly PreviewAction[]>> = {
  create: ['exclude'],
  link: ['exclude'],
  update: ['exclude'],
  reactivate: ['exclude'],
  deactivate: ['exclude'],
  remove: ['exclude'],
  conflict: ['link', 'retry', 'exclude'],
  // Held and suppressed people wait for another answer; excluding them would only hide the question.
  held: ['approve', 'reject'],
  suppressed: ['lift'],
  excluded: ['include'],
};

/** Of which kinds those are who are chosen; of all who match, the kinds that there are. */
export function chosenKinds(
  { isAll, chosen }: Selection,
  { kind }: Matching,
  pending: Overview['pending'],
): readonly PendingKind[] {
  if (isAll) return kind === undefined ? pendingKinds.filter((each) => pending[each] > 0) : [kind];
  const kinds = new Set([...chosen.values()].map((one) => one.kind));
  return pendingKinds.filter((each) => kinds.has(each));
}

/**
 * What can be done with people of these kinds, in the order of the buttons.
 *
 * @param held how many are held already: nothing can be decided about those that only the next run will hold
 */
export function actionsFor(kinds: readonly PendingKind[], held: number): readonly PreviewAction[] {
  const decidable = kinds.filter((kind) => kind !== 'held' || held > 0);
  const possible = new Set(decidable.flatMap((kind) => actionsOfKind[kind]));
  return bulkActions.filter((action): action is PreviewAction => possible.has(action as PreviewAction));
}

/** Whether a run would do something about one of these kinds. */
export function isCarriedOut(kinds: readonly PendingKind[]): boolean {
  return kinds.some((kind) => carriedOutKinds.some((each) => each === kind));
}

/**
 * An act about people of the preview.
 *
 * @param kinds of which kinds they are: who was withheld for another reason before would not be so again after an undo
 */
export function previewAct(action: PreviewAction, on: ActOn, kinds: readonly PendingKind[]): BulkAct {
  const back = inverseOf(action, kinds);
  return {
    action,
    key: JSON.stringify(on),
    send: (request) => decideAboutMany({ action, ...on, ...request }),
    undo: back && {
      action: back,
      send: (directoryUserIds) => decideAboutMany({ action: back, directoryUserIds }),
    },
  };
}

function inverseOf(action: PreviewAction, kinds: readonly PendingKind[]): PreviewAction | undefined {
  if (action === 'include') return 'exclude';
  const wereFree = kinds.every((kind) => kind !== 'held' && kind !== 'suppressed');
  return action === 'exclude' && wereFree ? 'include' : undefined;
}
