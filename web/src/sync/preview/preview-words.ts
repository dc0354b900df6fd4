import {
  availableIn,
  carriedOutKinds,
  type Change,
  type GroupChange,
  type Overview,
  type Pending,
  type PendingKind,
  withheldKinds,
} from '../../api/shapes.ts';
import { type HeldFor, heldFor } from '../../parts/text/kind-words.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** Why there is nothing in the list of pending changes. */
export type EmptyPreview = 'filtered' | 'groups' | 'inStep' | 'waiting';

/** Why the list of people is empty: nothing matches, nothing is pending, or only for groups, or nobody has come yet. */
export function emptyPreview(
  isFiltered: boolean,
  { directory, pendingGroups }: Pick<Overview, 'directory' | 'pendingGroups'>,
): EmptyPreview {
  if (isFiltered) return 'filtered';
  if (pendingGroups.changing + pendingGroups.suppressed > 0) return 'groups';
  return directory.users > 0 ? 'inStep' : 'waiting';
}

/** The overview with the counts of the list below it: figures of two answers would not fit together while people arrive. */
export function asListed<T extends Pick<Overview, 'pending' | 'seats'>>(
  overview: T,
  page: { summary: Pending | null; seats: Overview['seats'] } | undefined,
): T {
  return page?.summary ? { ...overview, pending: page.summary, seats: page.seats } : overview;
}

/** How many deactivations the next run will hold. */
export function heldAheadIn({
  pending,
  removalGuard,
  seats,
  heldRoles,
}: Pick<Overview, 'pending' | 'removalGuard' | 'seats' | 'heldRoles'>): number {
  return Math.max(0, pending.held - removalGuard.held - (seats?.waiting ?? 0) - heldRoles);
}

/** How many of those who are held wait for what, the deactivations first; without what nobody waits for. */
export function heldParts({
  pending,
  seats,
  heldRoles,
}: Pick<Overview, 'pending' | 'seats' | 'heldRoles'>): { waitsFor: HeldFor; count: number }[] {
  const seat = seats?.waiting ?? 0;
  const counts = { removal: Math.max(0, pending.held - seat - heldRoles), seat, role: heldRoles };
  const parts = (['removal', 'seat', 'role'] as const).map((waitsFor) => ({
    waitsFor,
    count: counts[waitsFor],
  }));
  return parts.filter(({ count }) => count > 0);
}

/** Whether a run would do anything: to people, to groups, or hold somebody. */
export function canSynchronize(
  overview: Pick<Overview, 'pending' | 'removalGuard' | 'seats' | 'heldRoles'>,
  groupChanges: number,
): boolean {
  return availableIn(overview.pending) + heldAheadIn(overview) + groupChanges > 0;
}

/** The preview itself names no more groups than this. */
export const groupsNamedMax = 200;

/** What a run will do, before it is started. */
export interface RunPlan {
  pending: Pending;
  /** The groups that are created, renamed, deleted, or get other members, as far as the preview names them. */
  groupChanges: readonly Pick<GroupChange, 'kind'>[];
  /** How many deactivations are held by this run, and wait then. */
  heldAhead: number;
  /** How many of those who are counted as held wait for a seat, and how many because of a role. */
  waiting: Record<'seat' | 'role', number>;
  /** How many people get everything but their role, which waits. */
  rolesBeside: number;
  startsAutomation: boolean;
  /** The first people still come, and more of them later. */
  isArriving: boolean;
}

/** What a run will do, from what the overview says. */
export function planOf(
  overview: Pick<
    Overview,
    'pending' | 'removalGuard' | 'seats' | 'heldRoles' | 'rolesBeside' | 'automaticSync'
  >,
  groupChanges: RunPlan['groupChanges'],
  isArriving: boolean,
): RunPlan {
  return {
    pending: overview.pending,
    groupChanges,
    heldAhead: heldAheadIn(overview),
    waiting: { seat: overview.seats?.waiting ?? 0, role: overview.heldRoles },
    rolesBeside: overview.rolesBeside,
    startsAutomation: overview.automaticSync === 'not_started',
    isArriving,
  };
}

/** What is asked before a run is started: people, or groups alone. */
export function confirmTitle({ pending, groupChanges, heldAhead }: RunPlan): Sentence {
  const count = availableIn(pending);
  if (count > 0) return say('synchronize.confirmTitle', { count });
  if (groupChanges.length >= groupsNamedMax) return say('synchronize.confirmManyGroups');
  if (groupChanges.length > 0) return say('synchronize.confirmGroups', { count: groupChanges.length });
  return heldAhead > 0
    ? say('synchronize.confirmHeld', { count: heldAhead })
    : say('synchronize.nothingTitle');
}

/** Whether a run would do anything: what was pending may have been carried out while it was asked about. */
export function doesAnything({ pending, groupChanges, heldAhead }: RunPlan): boolean {
  return availableIn(pending) + groupChanges.length + heldAhead > 0;
}

/** What the button says that starts a run of what is pending now, whatever was seen before; null: nothing is. */
export function anywayWords(plan: RunPlan): Sentence | null {
  if (!doesAnything(plan)) return null;
  const count = availableIn(plan.pending);
  return count > 0 ? say('synchronize.anyway', { count }) : say('synchronize.action');
}

/** What is said where the preview that was approved is not so any more. */
export function changedWords(plan: RunPlan): Sentence {
  return say(doesAnything(plan) ? 'synchronize.changedText' : 'synchronize.changedToNothing');
}

/** What a run will do, one line each. */
export function willDo({ pending, groupChanges, heldAhead }: RunPlan): Sentence[] {
  return [
    ...carriedOutKinds
      .filter((kind) => pending[kind] > 0)
      .map((kind) => say(`synchronize.will.${kind}`, { count: pending[kind] })),
    ...groupWords(groupChanges),
    ...(heldAhead > 0 ? [say('synchronize.willHold', { count: heldAhead })] : []),
  ];
}

const groupKinds = ['create', 'rename', 'delete', 'members'] as const;

/** What becomes of groups; where the preview names some of them only, their kinds cannot be counted. */
function groupWords(groupChanges: RunPlan['groupChanges']): Sentence[] {
  const { length } = groupChanges;
  if (length >= groupsNamedMax) return [say('synchronize.willManyGroups', { count: length })];
  return groupKinds.flatMap((kind) => {
    const count = groupChanges.filter((change) => change.kind === kind).length;
    return count > 0 ? [say(`choice.will.${kind}`, { count })] : [];
  });
}

/** What else there is to know before a run is started. */
export function runNotes(plan: RunPlan): Sentence[] {
  const { pending, groupChanges, heldAhead, waiting, rolesBeside, startsAutomation, isArriving } = plan;
  const left = { ...pending, held: Math.max(0, pending.held - heldAhead - waiting.seat - waiting.role) };
  const leaving = pending.deactivate + pending.remove;
  const isUndoable = availableIn(pending) + groupChanges.length > 0;
  return [
    ...(isArriving ? [say('synchronize.arriving')] : []),
    ...withheldKinds
      .filter((kind) => left[kind] > 0)
      .map((kind) => say(`synchronize.left.${kind}`, { count: left[kind] })),
    ...(waiting.seat > 0 ? [say('synchronize.left.seat', { count: waiting.seat })] : []),
    ...(waiting.role > 0 ? [say('roles.heldNow', { count: waiting.role })] : []),
    ...(rolesBeside > 0 ? [say('roles.beside', { count: rolesBeside })] : []),
    // The safeguard has been asked already: what it holds is counted above.
    ...(leaving > 0 && heldAhead === 0 ? [say('synchronize.guardNote')] : []),
    ...(isUndoable ? [say('synchronize.undoNote')] : []),
    ...(startsAutomation ? [say('synchronize.startsAutomation')] : []),
  ];
}

/** What one request does about a person, in the order of the buttons. */
export const decisions = ['include', 'separate', 'exclude', 'retry', 'lift'] as const;
export type Decision = (typeof decisions)[number];

/** A button about one person. */
export type PersonAction = Decision | 'link' | 'linkCandidate' | 'approve' | 'reject';

/**
 * The buttons that a person has, from what the service says of them: none of these acts is refused. What is offered and is
 * no button here is done elsewhere: in the settings, the mapping, at another member or in the identity provider.
 */
export function actionsOf({
  kind,
  offers,
  reason,
  memberId,
}: Pick<Change, 'kind' | 'offers' | 'reason' | 'memberId'>): PersonAction[] {
  // Held and suppressed people wait for another answer; excluding them would only hide the question.
  const hidden = (decision: Decision) => decision === 'exclude' && (kind === 'held' || kind === 'suppressed');
  const mayLink = offers.includes('link');
  return [
    ...(kind === 'held' &&
    heldFor(reason) === 'removal' &&
    memberId !== null &&
    reason.params.approved !== true
      ? (['approve', 'reject'] as const)
      : []),
    ...(mayLink && kind === 'conflict' && candidatesOf(reason).length > 0
      ? (['linkCandidate'] as const)
      : []),
    ...(mayLink ? (['link'] as const) : []),
    ...decisions.filter((decision) => offers.includes(decision) && !hidden(decision)),
  ];
}

/** A member who may be the person. */
export interface Candidate {
  id: string;
  name: string;
}

/** The members that a conflict names. */
export function candidatesOf({ params }: Pick<Change['reason'], 'params'>): readonly Candidate[] {
  const { memberId, name, candidates } = params as {
    memberId?: string | null;
    name?: string;
    candidates?: { id: string | null; name: string }[];
  };
  const named = candidates ?? (memberId ? [{ id: memberId, name: name ?? '' }] : []);
  return named.flatMap(({ id, name: called }) => (id === null ? [] : [{ id, name: called }]));
}

/** What is decided about one person after the other, with the reasoning; the rest is decided about many at once. */
const decidedOneByOne: readonly PendingKind[] = ['conflict', 'excluded'];

/** Where people of this kind are listed: with their reasoning in the directory, or where many are decided about at once. */
export function placeOfKind(kind: PendingKind): string {
  return decidedOneByOne.includes(kind)
    ? `/user-provisioning/directory?state=${kind}`
    : `/user-provisioning/synchronize?kind=${kind}`;
}
