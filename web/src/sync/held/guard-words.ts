import type { Overview, Run, Settings } from '../../api/shapes.ts';
import { hoursMs } from '../../duration.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';
import { heldAheadIn } from '../preview/preview-words.ts';
import { heldIn, undoWords } from '../runs/run-words.ts';

/** Whether people whose deactivation is held keep access, or it is suspended. */
export type HeldAccess = Settings['heldLeavers'];
/** What an admin decides about a deactivation that is held. */
export type HeldDecision = 'approve' | 'reject';

/** Who lost access and who is held. */
export interface GuardWords {
  title: Sentence;
  text: Sentence[];
  /** The next run will hold them: there is nothing to decide yet. */
  isAhead: boolean;
  /** Whether those who lost access may be brought back. */
  bringsBack: boolean;
  /** Everything is decided: it only offers the way back, and may be put aside. */
  isOver: boolean;
}

/**
 * What there is to say of the safeguard; null where it holds nothing and nobody is to be brought back.
 *
 * @param access of people who are held, as the settings say
 */
export function guardWords(
  overview: Pick<Overview, 'pending' | 'removalGuard' | 'seats' | 'heldRoles'>,
  access: HeldAccess,
): GuardWords | null {
  const {
    pending,
    removalGuard: { limitExceeded, lostAccess, held },
  } = overview;
  const ahead = heldAheadIn(overview);
  // It says nothing of those who got their access back since, and of those who were approved.
  const lost = lostAccess > 0 ? [say('held.lost', { count: lostAccess })] : [];
  if (held > 0) {
    return {
      title: say('held.title', { count: held }),
      text: [
        ...lost,
        say('held.keep', { count: held, access }),
        // The counts of the preview have them among those who are held.
        ...(ahead > 0 ? [say('held.aheadMore', { count: ahead })] : []),
      ],
      isAhead: false,
      bringsBack: true,
      isOver: false,
    };
  }
  if (ahead > 0) {
    const through = pending.deactivate + pending.remove;
    return {
      title: say('held.aheadTitle', { count: ahead }),
      text: [
        ...(through > 0 ? [say('held.aheadThrough', { count: through })] : []),
        say('held.aheadKeep', { count: ahead, through, access }),
        // Nobody who lost access is forgotten because others are about to be held.
        ...(limitExceeded ? lost : []),
      ],
      isAhead: true,
      bringsBack: limitExceeded,
      isOver: false,
    };
  }
  if (!limitExceeded || lostAccess === 0) return null;
  return { title: say('held.exceededTitle'), text: lost, isAhead: false, bringsBack: true, isOver: true };
}

/** How long the safeguard looks back. */
const windowMs = hoursMs(24);

/** What is kept of what an admin put aside: how many had lost access by when. */
export function putAside(lostAccess: number, at: number): string {
  return JSON.stringify({ lostAccess, at });
}

/** Whether an admin has put aside what is so now: it comes back when more people lose access, and for the next time. */
export function isPutAside(stored: string | null, lostAccess: number, now: number): boolean {
  try {
    const known = JSON.parse(stored ?? 'null') as Record<string, unknown> | null;
    return (
      typeof known?.lostAccess === 'number' &&
      typeof known.at === 'number' &&
      lostAccess <= known.lostAccess &&
      now - known.at < windowMs
    );
  } catch {
    return false;
  }
}

/** How many of those who lost access get it back: nobody brings back who is excluded. */
export function broughtBackIn({ removalGuard }: Pick<Overview, 'removalGuard'>): number {
  return removalGuard.lostAccess - removalGuard.lostAccessExcluded;
}

/** What one run holds, and what of its deactivations has been carried out. */
export function heldInRunWords(
  run: Pick<Run, 'counts' | 'notes' | 'groups' | 'state' | 'trigger' | 'undoes'>,
  access: HeldAccess,
): { title: Sentence; text: Sentence[] } {
  const { counts } = run;
  const held = heldIn(run);
  return {
    title: say('held.title', { count: held }),
    text: [
      say('held.runThrough', { count: counts.deactivate + counts.remove }),
      // Where there is no button that undoes it, it is said why.
      ...(undoWords(run) === null ? [say('held.nothingToUndo')] : []),
      say('held.keep', { count: held, access }),
      say('held.advice', { count: held }),
    ],
  };
}

/** What a decision does to how many; one person is called by name in the title: `isNamed`. */
export function decisionWords(
  decision: HeldDecision,
  { count, name }: { count: number; name?: string | undefined },
  access: HeldAccess,
): { title: Sentence; isNamed: boolean; text: Sentence; confirm: Sentence; done: Sentence } {
  return {
    isNamed: name !== undefined,
    title:
      name === undefined ? say(`held.${decision}Title`, { count }) : say(`held.${decision}Person`, { name }),
    text: say(`held.${decision}Text`, { count, access }),
    confirm: say(`held.${decision}`, { count }),
    done: say(decision === 'approve' ? 'held.approved' : 'held.rejected', { count }),
  };
}
