import {
  availableIn,
  isOver,
  type PendingKind,
  pendingKinds,
  type Run,
  type UndoPreview,
} from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** The button that undoes a run, and what its dialog asks. */
export interface UndoWords {
  action: Sentence;
  title: Sentence;
}

type UndoableRun = Pick<Run, 'counts' | 'groups' | 'state' | 'trigger' | 'undoes'>;

/** The words of the button that undoes a run; null where there is nothing to undo, or it has been undone. */
export function undoWords(run: UndoableRun): UndoWords | null {
  if (availableIn(run.counts) + changedGroups(run) === 0 || !isOver(run) || run.state.endsWith('undone'))
    return null;
  return redoes(run)
    ? { action: say('undo.again.action'), title: say('undo.again.title') }
    : { action: say('undo.action'), title: say('undo.title') };
}

/** What an undo would do now, said before it is done, and the name of the button that does it; null: it would do nothing. */
export function undoEffect(
  run: UndoableRun,
  { counts, kept, held, heldAgain }: UndoPreview,
): { text: Sentence[]; confirm: Sentence | null } {
  const again = redoes(run);
  const people = availableIn(counts);
  const groups = changedGroups(run);
  const text = [
    ...(people > 0 ? [say(again ? 'undo.again.people' : 'undo.people', { count: people })] : []),
    ...accessAfterUndo(counts),
    ...(groups > 0 ? [say(groupsText(again, people))] : []),
    ...(held > 0 ? [say('undo.held', { count: held })] : []),
    ...(heldAgain > 0 ? [say('undo.again.held', { count: heldAgain })] : []),
    ...(kept > 0 ? [say(again ? 'undo.again.kept' : 'undo.kept', { count: kept })] : []),
  ];
  if (people + groups + held + heldAgain === 0)
    return { text: [say(again ? 'undo.again.nothing' : 'undo.nothing')], confirm: null };
  if (people === 0) return { text, confirm: say(again ? 'undo.again.action' : 'undo.action') };
  return { text, confirm: say(again ? 'undo.again.confirm' : 'undo.confirm', { count: people }) };
}

/** Whether an undo of this run would make changes again that were undone. */
function redoes({ undoes }: Pick<Run, 'undoes'>): boolean {
  return undoes?.redoes === false;
}

/** Groups that were made, renamed or deleted; who joins or leaves one is a change of the person. */
function changedGroups({ groups: { create, rename, delete: deleted } }: Pick<Run, 'groups'>): number {
  return create + rename + deleted;
}

function groupsText(again: boolean, people: number) {
  if (again) return 'undo.again.groups';
  return people > 0 ? 'undo.groups' : 'undo.groups.text';
}

/** Who loses access by an undo that does this to members, and who gets it back. */
function accessAfterUndo({ reactivate, deactivate, remove }: Run['counts']): Sentence[] {
  const said = [
    ['undo.removed', remove],
    ['undo.deactivated', deactivate],
    ['undo.reactivated', reactivate],
  ] as const;
  return said.flatMap(([text, count]) => (count > 0 ? [say(text, { count })] : []));
}

/** What a run is called: an undo that makes changes again is a redo. */
export function shownTrigger({ trigger, undoes }: Pick<Run, 'trigger' | 'undoes'>): Run['trigger'] | 'redo' {
  return undoes?.redoes === true ? 'redo' : trigger;
}

/** Who is left as they are by anybody's choice: counted over the whole workspace when a run ends. */
const leftAsTheyAre: readonly PendingKind[] = ['conflict', 'suppressed', 'excluded'];

/** What gives back an earlier state holds nobody by the safeguard: who is counted there is held by another run. */
const givesBack: readonly Run['trigger'][] = ['undo', 'bring_back'];

/** Notes that say how many of the people who are counted as held wait for a seat, and how many because of a role. */
const waitingCodes = { seat: 'people-wait-for-seat', role: 'roles-wait' } as const;

/** How many people of a run wait for a seat, and how many for a decision about their role. */
export function waitingIn({ notes }: Pick<Run, 'notes'>): Record<keyof typeof waitingCodes, number> {
  const countOf = (waitsFor: keyof typeof waitingCodes) =>
    notes.reduce((sum, { code, params: { count } }) => {
      return code === waitingCodes[waitsFor] && typeof count === 'number' ? sum + count : sum;
    }, 0);
  return { seat: countOf('seat'), role: countOf('role') };
}

/** How many deactivations a run holds. */
export function heldIn(run: Pick<Run, 'counts' | 'notes'>): number {
  const { seat, role } = waitingIn(run);
  return run.counts.held - seat - role;
}

/** How many people a run counts of a kind: who waits for a seat or because of a role is no held deactivation. */
export function countIn(run: Pick<Run, 'counts' | 'notes'>, kind: PendingKind): number {
  return kind === 'held' ? heldIn(run) : run.counts[kind];
}

/** The kinds that are said of a run. Of a run about some people, those who were left as they are were never looked at. */
export function kindsOf(run: Pick<Run, 'counts' | 'trigger' | 'chosen' | 'state' | 'notes'>): PendingKind[] {
  const isSaid = (kind: PendingKind) =>
    kind === 'held' ? holdsOf(run) : isAboutAll(run) || !leftAsTheyAre.includes(kind);
  return pendingKinds.filter((kind) => countIn(run, kind) > 0 && isSaid(kind));
}

/** Whether a run looks at everybody, and not at those alone who were chosen or have something to be done. */
function isAboutAll({ trigger, chosen }: Partial<Pick<Run, 'trigger' | 'chosen'>>): boolean {
  return (trigger === 'manual' || trigger === 'nightly') && !chosen;
}

/** Whether those who are counted as held may be held by this run. */
function holdsOf({ trigger, state, notes }: Pick<Run, 'trigger' | 'state' | 'notes'>): boolean {
  return !givesBack.includes(trigger) || state === 'awaiting_approval' || notes.length > 0;
}

/** How a run that is over went. */
export function resultWords(run: Pick<Run, 'state' | 'trigger' | 'chosen'>): {
  tone: 'good' | 'warning' | 'bad';
  title: Sentence;
} {
  switch (run.state) {
    case 'failed':
      return { tone: 'bad', title: say('run.failedTitle') };
    case 'awaiting_approval':
      return { tone: 'warning', title: say('run.partlyTitle') };
    default:
      return { tone: 'good', title: say(chosenOf(run) ? 'run.chosenTitle' : 'run.doneTitle') };
  }
}

/** The people that an admin chose for a run, where that was not everybody. Nobody chose those who waited for a seat. */
export function chosenOf({ trigger, chosen }: Pick<Run, 'trigger' | 'chosen'>): Run['chosen'] {
  return trigger === 'seat' ? null : chosen;
}

/** How far a run has come. One about everybody looks at more people than it changes: its dialog has counted the latter. */
export function progressWords(
  run: (Pick<Run, 'total' | 'done'> & Partial<Pick<Run, 'trigger' | 'chosen'>>) | undefined,
): Sentence {
  if (run === undefined || run.total === 0) return say('run.starting');
  return say(isAboutAll(run) ? 'run.progressChecked' : 'run.progress', { done: run.done, total: run.total });
}

/** How long a run took; null where that is not known: what the service does at once has one time for begin and end. */
export function secondsTaken({
  startedAt,
  finishedAt,
}: Pick<Run, 'startedAt' | 'finishedAt'>): number | null {
  if (startedAt === null || finishedAt === null || startedAt === finishedAt) return null;
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
}
