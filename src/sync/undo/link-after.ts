import type { LinkState } from '../decision/person.ts';
import { plainLink } from '../decision/fresh-link.ts';
import type { Reason } from '../decision/reason.ts';
import { type MadeReversal, originalKindOf } from '../decision/reverse-change.ts';
import type { LinkRow } from '../writing/write-rows.ts';
import { bringsBack, broughtBackBy, type Lineage } from './undo-lineage.ts';
import type { StoredChange } from './undo-statements.ts';

/** A change that is undone, and how. */
export type Made = MadeReversal & { change: StoredChange };

/**
 * The person's change stays undone until the identity provider sends something newer than it was based on. A change that
 * is brought back is not suppressed any more; but who has access again because everybody was brought back keeps it, as
 * they did then. What an admin decided about the person since then stays.
 */
export function linkAfter({ change, unlinks, member }: Made, lineage: Lineage): LinkRow {
  const { directoryUserId, externalId, name, basedOn, inactiveVersion } = change;
  const memberId = unlinks ? null : member.id;
  if (change.link !== null && isDecidedSince(change.link, lineage)) {
    return { ...change.link, directoryUserId, memberId };
  }
  const link = { directoryUserId, ...plainLink({ memberId, externalId, name }) };
  const bringBackId = broughtBackBy(lineage);
  if (bringBackId !== null) {
    const { kind } = change;
    return {
      ...link,
      state: 'suppressed',
      reason: { code: 'brought-back', params: { runId: bringBackId, kind } },
      basedOn: { ...basedOn, version: inactiveVersion ?? basedOn.version },
      suppressedKind: kind,
      suppressedBy: bringBackId,
    };
  }
  if (bringsBack(lineage)) return link;
  const [runId = ''] = lineage.ancestors;
  // By this the removal guard knows the people that it may offer to bring back once more.
  const suppressedBy = lineage.rootTrigger === 'bring_back' ? (lineage.ancestors.at(-1) ?? runId) : runId;
  const kind = originalKindOf(change);
  const reason: Reason = { code: 'undone', params: { runId, kind } };
  return { ...link, state: 'suppressed', reason, basedOn, suppressedKind: kind, suppressedBy };
}

/**
 * Somebody excluded the person, or rejected their removal. What runs of the lineage suppressed is for the lineage to say.
 */
function isDecidedSince({ state, suppressedBy }: LinkState, { ancestors }: Lineage): boolean {
  if (state === 'suppressed') return suppressedBy === null || !ancestors.includes(suppressedBy);
  return state === 'excluded';
}
