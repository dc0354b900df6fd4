import type { Bulk } from '../../api/shapes.ts';

/** Everything that can be done with many people at once, on any list. */
export const bulkActions = [
  'approve',
  'reject',
  'link',
  'retry',
  'lift',
  'include',
  'exclude',
  'reactivate',
  'deactivate',
  'remove',
] as const;
export type BulkAction = (typeof bulkActions)[number];

/** What takes access away. */
export const takesAccess: ReadonlySet<BulkAction> = new Set(['approve', 'deactivate', 'remove']);

/** How an action is asked for; `confirmed`: the selection that a dry run answered with. */
export interface BulkRequest {
  dryRun?: boolean;
  confirmed?: string;
}

/** An action on people who were chosen, until it is done or given up. */
export interface BulkAct {
  action: BulkAction;
  /** Tells this act from others: who it is about. */
  key: string;
  send: (request: BulkRequest) => Promise<Bulk>;
  /** Takes it back for those it was done with; undefined where it cannot be taken back. */
  undo?: { action: BulkAction; send: (ids: string[]) => Promise<Bulk> } | undefined;
}

/** What became of an act. */
export interface BulkResult {
  action: BulkAction;
  answer: Bulk;
  undo?: BulkAct['undo'];
}

/** The ids of those it was done with. */
export function doneIn({ items }: Bulk): string[] {
  return items.filter(({ outcome }) => outcome === 'done').map(({ id }) => id);
}
