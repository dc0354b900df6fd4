import type { Overview } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** Why there are no groups: none matches, none was sent, or those that were wait for a synchronization. */
export function noGroupsWords(
  isNarrowed: boolean,
  overview: Pick<Overview, 'state' | 'directory'> | undefined,
): { title: Sentence; text: Sentence } {
  if (isNarrowed) return { title: say('groups.noneFound'), text: say('members.noneFoundText') };
  const sent = overview?.state === 'active' ? overview.directory.groups : 0;
  return {
    title: say('groups.emptyTitle'),
    text: sent === 0 ? say('groups.emptyText') : say('groups.notSynchronized', { count: sent }),
  };
}
