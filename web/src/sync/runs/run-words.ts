import { availableIn, isOver, type PendingKind, pendingKinds, type Run } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** What is asked before a run is undone, or what it undid is done again. */
export interface UndoWords {
  action: Sentence;
  title: Sentence;
  text: Sentence[];
  confirm: Sentence;
}

/** The words of the button that undoes a run; null where there is nothing to undo, or it has been undone. */
export function undoWords(
  run: Pick<Run, 'counts' | 'groups' | 'state' | 'trigger' | 'undoes'>,
): UndoWords | null {
  const count = availableIn(run.counts);
  const ofGroups = Object.values(run.groups).reduce((sum, each) => sum + each, 0);
  if (count + ofGroups === 0 || !isOver(run) || run.state.endsWith('undone')) return null;
  if (run.undoes?.redoes === false) {
    return {
      action: say('undo.again.action'),
      title: say('undo.again.title'),
      text: [say('undo.again.text')],
      confirm: say('undo.again.confirm'),
    };
  }
  return {
    action: say('undo.action'),
    title: say('undo.title'),
    text:
      count === 0 ? [say('undo.groups.text')] : [say('undo.text', { count }), ...accessAfterUndo(run.counts)],
    confirm: count === 0 ? say('undo.action') : say('undo.confirm', { count }),
  };
}

/** Who loses access by the undo of such changes, and who gets it back. */
function accessAfterUndo({ create, reactivate, deactivate, remove }: Run['counts']): Sentence[] {
  const said = [
    ['undo.created', create],
    ['undo.reactivated', reactivate],
    ['undo.deactivated', deactivate + remove],
  ] as const;
  return said.flatMap(([text, count]) => (count > 0 ? [say(text, { count })] : []));
}

/** What a run is called: an undo that makes changes again is a redo. */
export function shownTrigger({ trigger, undoes }: Pick<Run, 'trigger' | 'undoes'>): Run['trigger'] | 'redo' {
  return undoes?.redoes === true ? 'redo' : trigger;
}

/** Who is left as they are by anybody's choice: counted over the whole workspace when a run ends. */
const leftAsTheyAre: readonly PendingKind[] = ['conflict', 'suppressed', 'excluded'];

/** The kinds that are said of a run. Of a run about some people, those who were left as they are were never looked at. */
export function kindsOf({
  counts,
  trigger,
  chosen,
}: Pick<Run, 'counts' | 'trigger' | 'chosen'>): PendingKind[] {
  const isAboutAll = (trigger === 'manual' || trigger === 'nightly') && !chosen;
  return pendingKinds.filter((kind) => counts[kind] > 0 && (isAboutAll || !leftAsTheyAre.includes(kind)));
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

/** How far a run has come. */
export function progressWords(run: Pick<Run, 'total' | 'done'> | undefined): Sentence {
  if (run === undefined || run.total === 0) return say('run.starting');
  return say('run.progress', { done: run.done, total: run.total });
}
