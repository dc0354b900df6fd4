import type { Phase, Signal } from '../../guides/guide.ts';

/**
 * Which phases of a guide are done, as far as the requests show: a phase without a signal of its own is done when
 * something later is, unless that may come without it.
 */
export function donePhases(phases: readonly Phase[], seen: Record<Signal, boolean>): boolean[] {
  const isSeen = ({ signal }: Phase) => signal !== undefined && seen[signal];
  const lastSeen = phases.findLastIndex(isSeen);
  return phases.map((phase, at) => {
    if (phase.signal !== undefined) return isSeen(phase);
    return phase.leavesNoTrace !== true && at < lastSeen;
  });
}
