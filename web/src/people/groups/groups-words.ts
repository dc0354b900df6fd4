import type { Overview } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** Why nobody is in a group. */
export function nobodyInGroupWords(state: Overview['state']): Sentence {
  return state === 'active' ? say('groups.noMembersText') : say('member.notSynchronized');
}

/**
 * Why there are no groups: none matches, none can be sent yet or was, those that were wait for a synchronization, or were
 * undone.
 */
export function noGroupsWords(
  isNarrowed: boolean,
  overview: Pick<Overview, 'state' | 'directory' | 'pendingGroups'> | undefined,
): { title: Sentence; text: Sentence } {
  if (isNarrowed) return { title: say('groups.noneFound'), text: say('members.noneFoundText') };
  if (overview !== undefined && overview.state !== 'active') {
    return { title: say('groups.emptyTitle'), text: say(`groups.emptyText.${overview.state}`) };
  }
  const sent = overview?.directory.groups ?? 0;
  const undone = sent === 0 ? 0 : (overview?.pendingGroups.suppressed ?? 0);
  if (undone > 0) {
    return { title: say('groups.emptyTitle'), text: say('available.suppressedGroups', { count: undone }) };
  }
  return {
    title: say('groups.emptyTitle'),
    text: sent === 0 ? say('groups.emptyText') : say('groups.notSynchronized', { count: sent }),
  };
}
