import { availableIn, isOver, type Overview } from '../../api/shapes.ts';
import type { TextKey } from '../../locales/text-key.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';
import { heldAheadIn } from '../../sync/preview/preview-words.ts';
import { progressWords } from '../../sync/runs/run-words.ts';
import { contactState } from './contact.ts';

/** What the first card of the overview says, and what its button is called. */
export interface AvailableWords {
  title: Sentence;
  text: Sentence[];
  action: TextKey;
  /** Whether the button is what the admin should press now. */
  isMain: boolean;
  /** Whether the number of each kind stands below. */
  hasNumbers: boolean;
}

type Facts = Pick<
  Overview,
  | 'pending'
  | 'pendingGroups'
  | 'removalGuard'
  | 'directory'
  | 'automaticSync'
  | 'lastRun'
  | 'seats'
  | 'heldRoles'
>;

/**
 * What there is to synchronize or to decide, who is withheld and why, and only then that nothing else is pending. What was
 * refused was never received; the findings tell of it. Deactivations that are held, and people who wait for a seat, have
 * notices of their own above.
 *
 * @param isArriving the first people still come, and more of them later: how many they are is said once, by how many were
 *   received, since what is counted a moment later does not fit to it
 */
export function availableWords(overview: Facts, isArriving = false): AvailableWords {
  return { ...wordsOf(overview, isArriving), hasNumbers: !isArriving };
}

function wordsOf(overview: Facts, isArriving: boolean): Omit<AvailableWords, 'hasNumbers'> {
  const { pending, directory, automaticSync, lastRun } = overview;
  const rest = withheldWords(overview);
  if (lastRun !== null && !isOver(lastRun)) {
    return {
      title: say('run.running'),
      text: [progressWords(lastRun)],
      action: 'available.open',
      isMain: false,
    };
  }
  const title = toReview(overview);
  if (title !== null) {
    return {
      title: isArriving ? say('available.arrivingTitle') : title,
      text: [say(isArriving ? 'available.arrivingText' : `available.text.${automaticSync}`), ...rest],
      action: 'available.review',
      isMain: !isArriving,
    };
  }
  const hasNotices = overview.removalGuard.held > 0 || (overview.seats?.waiting ?? 0) > 0;
  const isAll = rest.length > 0 && !hasNotices;
  const nothingElse = [...rest, ...(isAll ? [say('available.nothingElse')] : [])];
  if (pending.conflict > 0) {
    return {
      // A notice above tells of the deactivations that wait for the same admin.
      title: say(overview.removalGuard.held > 0 ? 'available.undecidedToo' : 'available.undecided', {
        count: pending.conflict,
      }),
      text: nothingElse,
      action: 'available.decide',
      isMain: false,
    };
  }
  if (withheldIn(overview) > 0) {
    return { title: say('available.nothing'), text: nothingElse, action: 'available.open', isMain: false };
  }
  if (hasNotices) {
    return { title: say('available.noneElse'), text: rest, action: 'available.open', isMain: false };
  }
  if (directory.users === 0) {
    return {
      title: say('available.waiting'),
      text: [say('available.waitingText')],
      action: 'available.open',
      isMain: false,
    };
  }
  if (lastRun === null && automaticSync === 'not_started') {
    const text = rest.length > 0 ? rest : [say('available.waitingText')];
    return { title: say('available.nothing'), text, action: 'available.open', isMain: false };
  }
  return {
    title: say('available.none'),
    text: [say('preview.inStep.text'), ...rest],
    action: 'available.open',
    isMain: false,
  };
}

/** What the next run would do; null: nothing. */
function toReview(overview: Facts): Sentence | null {
  const available = availableIn(overview.pending);
  if (available > 0) return say('available.title', { count: available });
  const groups = overview.pendingGroups.changing;
  if (groups > 0) return say('available.groups', { count: groups });
  const ahead = heldAheadIn(overview);
  if (ahead === 0) return null;
  // Their number stands in the notice about the safeguard, unless that is about people who are held already.
  return overview.removalGuard.held === 0
    ? say('available.willBeHeld')
    : say('held.aheadTitle', { count: ahead });
}

/** How many people and groups are withheld, and for nothing that an admin has to decide. */
function withheldIn({ pending, pendingGroups, heldRoles }: Facts): number {
  const { suppressed, excluded } = pending;
  return suppressed + excluded + pendingGroups.suppressed + heldRoles;
}

/** The people that a run leaves as they are, and why, with the numbers. */
function withheldWords({
  pending: { conflict, suppressed, excluded },
  pendingGroups,
  directory: { neverMembers },
  heldRoles,
}: Facts): Sentence[] {
  return [
    ...(conflict > 0 ? [say('available.conflicts', { count: conflict })] : []),
    ...(heldRoles > 0 ? [say('roles.heldNow', { count: heldRoles })] : []),
    ...(suppressed > 0 ? [say('available.suppressed', { count: suppressed })] : []),
    ...(pendingGroups.suppressed > 0
      ? [say('available.suppressedGroups', { count: pendingGroups.suppressed })]
      : []),
    ...(excluded > 0 ? [say('available.excluded', { count: excluded })] : []),
    ...(neverMembers > 0 ? [say('available.neverMembers', { count: neverMembers })] : []),
  ];
}

/** What the page is for: the identity provider keeps members up to date only once it has come, and by itself. */
export function introWords({
  state,
  lastContact,
  automaticSync,
}: Pick<Overview, 'state' | 'lastContact' | 'automaticSync'>): Sentence {
  const keeps = state === 'active' && lastContact !== null && automaticSync === 'on';
  return say(keeps ? 'provisioning.intro' : 'provisioning.introOff');
}

/** What the last contact means, where something is to be done about it; null where all is well. */
export function contactWords(
  overview: Pick<Overview, 'lastContact'>,
  isCutOff: boolean,
): { tone: 'info' | 'bad'; title: Sentence; text: Sentence } | null {
  switch (contactState(overview, isCutOff)) {
    case 'waiting':
      return { tone: 'info', title: say('contact.waitingTitle'), text: say('contact.waitingText') };
    case 'refused':
      return {
        tone: 'bad',
        title: say('contact.refusedTitle', { status: overview.lastContact?.status }),
        text: say('contact.refusedText'),
      };
    // What has to be done about the tokens is said by them.
    case 'cutOff':
    case 'good':
      return null;
  }
}

/** How many people the card about the end of access speaks of. */
export function leaversWords({ timeToLeave }: Pick<Overview, 'timeToLeave'>): Sentence {
  const { people, days } = timeToLeave;
  return say('timeToLeave.text', { count: people, days });
}
