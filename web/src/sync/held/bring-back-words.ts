import type { Overview } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';
import { broughtBackIn } from './guard-words.ts';

/** What the button says that brings people back, and what it asks first. */
export interface BringBackWords {
  action: Sentence;
  title: Sentence;
  text: Sentence[];
  /** Why nobody can be brought back now; null: somebody can. */
  refusal: Sentence | null;
}

/** Who gets access back as far as there are seats for them; null where nobody can be brought back at all. */
export function bringBackWords(overview: Pick<Overview, 'removalGuard' | 'seats'>): BringBackWords | null {
  const wanted = broughtBackIn(overview);
  if (wanted === 0) return null;
  const { seats } = overview;
  const free = seats === null || seats.beyond === 'allow' ? wanted : Math.max(0, seats.limit - seats.used);
  const count = Math.min(wanted, free);
  const without = wanted - count;
  return {
    action: say('bringBack.action', { count: count === 0 ? wanted : count }),
    title: say('bringBack.title', { count }),
    text: [
      say('bringBack.text', { count }),
      ...(without > 0 ? [say('bringBack.fewSeats', { free: count, count: without })] : []),
    ],
    refusal: count === 0 ? say('bringBack.noSeat', { count: wanted }) : null,
  };
}
