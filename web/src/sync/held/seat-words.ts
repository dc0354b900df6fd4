import type { Overview } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** What there is to say where there are more people than seats; null where everybody has one, or gets one. */
export function seatWords({
  seats,
  automaticSync,
}: Pick<Overview, 'seats' | 'automaticSync'>): { title: Sentence; text: Sentence } | null {
  if (seats === null || seats.waiting === 0) return null;
  const { used, limit, taking, waiting } = seats;
  return {
    title:
      taking > 0
        ? say('seats.share', { taking, all: taking + waiting, waiting })
        : say('seats.waitNow', { count: waiting }),
    // Without automatic synchronization, nobody gets a seat before somebody synchronizes.
    text: say('seats.advice', { used, limit, by: automaticSync === 'on' ? 'itself' : 'hand' }),
  };
}
