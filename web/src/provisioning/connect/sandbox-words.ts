import { type Overview, pendingIn, type Simulation } from '../../api/shapes.ts';

/** What is said below the title of a simulation that is over, and whether there is something to look at. */
export function endedWords(
  { state, day }: { state: Exclude<Simulation['state'], 'running'>; day: number },
  overview: Pick<Overview, 'pending' | 'pendingGroups'>,
) {
  const isPending = pendingIn(overview.pending) + overview.pendingGroups.changing > 0;
  if (state !== 'succeeded') {
    const text = day > 0 ? (`sandbox.${state}DayText` as const) : (`sandbox.${state}Text` as const);
    return { text, offersReview: isPending };
  }
  if (!isPending) return { text: 'sandbox.nothingPending' as const, offersReview: false };
  return {
    text: day > 0 ? ('sandbox.succeededDayText' as const) : ('sandbox.succeededText' as const),
    offersReview: true,
  };
}
