import type { Change, ChangeKind, StoredState } from '../decision/change.ts';
import type { LinkState } from '../decision/person.ts';
import type { ShownReason } from '../decision/reason.ts';

/** A change as far as its reason tells of it, made or still to be made. */
export type ExplainedChange = Pick<Change, 'kind' | 'reason' | 'basedOn' | 'waitsFor' | 'groups'> &
  Partial<Pick<StoredState, 'originalKind' | 'unlinked' | 'keptReason' | 'rejectedBy' | 'wasApproved'>>;

/** The reason of a change as it is shown: with what the change is based on, waits for and does to groups. */
export function shownReason(change: ExplainedChange): ShownReason {
  const { kind, reason, basedOn, waitsFor, groups } = change;
  const { originalKind, unlinked, keptReason, rejectedBy, wasApproved } = change;
  const params: Record<string, unknown> = { ...reason.params };
  if (kind !== 'nothing' && kind !== 'excluded') Object.assign(params, basisParams(basedOn));
  if (waitsFor !== null && waitsFor.manager !== null) params.managerPending = waitsFor.manager;
  if (waitsFor !== null && Object.keys(waitsFor.properties).length > 0)
    params.referencesPending = waitsFor.properties;
  if (groups !== null && groups.joined.length > 0) params.groupsJoined = groups.joined;
  if (groups !== null && groups.left.length > 0) params.groupsLeft = groups.left;
  if (originalKind) params.originalKind = originalKind;
  if (unlinked) params.unlinked = unlinked;
  if (keptReason) params.kept = keptReason;
  if (rejectedBy) params.rejectedBy = rejectedBy;
  if (wasApproved === true) params.approved = true;
  return { code: reason.code, params };
}

function basisParams({ version, groups }: Change['basedOn']): Record<string, unknown> {
  return { directoryVersion: version, ...(groups !== null && { directoryGroups: groups || null }) };
}

/** The kind of change under which somebody is listed whose link is in this state: who waits for a seat is held. */
export function withheldKind(state: Exclude<LinkState['state'], 'linked'>): ChangeKind {
  return state === 'waiting' ? 'held' : state;
}

/** What is withheld for a reason that was never stored. */
export function reasonOf({ state, reason }: Pick<LinkState, 'state' | 'reason'>): Change['reason'] {
  if (reason !== null) return reason;
  if (state === 'excluded') return { code: 'excluded', params: {} };
  return { code: state === 'linked' ? 'in-step' : state, params: {} };
}
