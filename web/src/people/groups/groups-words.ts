import type { Overview } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** Why there are no groups: none matches, none was sent, those that were wait for a synchronization, or were undone. */
export function noGroupsWords(
  isNarrowed: boolean,
  overview: Pick<Overview, 'state' | 'directory' | 'pendingGroups'> | undefined,
): { title: Sentence; text: Sentence } {
  if (isNarrowed) return { title: say('groups.noneFound'), text: say('members.noneFoundText') };
  const sent = overview?.state === 'active' ? overview.directory.groups : 0;
  const undone = sent === 0 ? 0 : (overview?.pendingGroups.suppressed ?? 0);
  if (undone > 0) {
    return { title: say('groups.emptyTitle'), text: say('available.suppressedGroups', { count: undone }) };
  }
  return {
    title: say('groups.emptyTitle'),
    text: sent === 0 ? say('groups.emptyText') : say('groups.notSynchronized', { count: sent }),
  };
}
