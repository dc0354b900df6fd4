import type { Overview, Quota } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** From this share on, an admin is told. */
const nearShare = 0.9;

/** Whether there is as much of something as there can be, or soon will be; null: there is room. */
export type Fullness = 'reached' | 'near' | null;

/** How full something is. */
export function fullnessOf(used: number, max: number): Fullness {
  if (used >= max) return 'reached';
  return used >= max * nearShare ? 'near' : null;
}

/** Which limits of a workspace are reached or soon will be, and what is said of them all; null where none is. */
export function quotaWords(
  quotas: readonly Quota[],
): { tone: 'bad' | 'warning'; title: Sentence; quotas: readonly Quota[] } | null {
  const near = quotas.filter(({ used, max }) => fullnessOf(used, max) !== null);
  const reached = near.filter(({ used, max }) => fullnessOf(used, max) === 'reached').length;
  if (near.length === 0) return null;
  return reached > 0
    ? { tone: 'bad', title: say('quota.reachedTitle', { count: reached }), quotas: near }
    : { tone: 'warning', title: say('quota.nearTitle', { count: near.length }), quotas: near };
}

/** That all seats are taken, or almost all, while nobody waits for one yet; null while there are enough. */
export function fullSeatsWords({
  seats,
}: Pick<Overview, 'seats'>): { title: Sentence; text: Sentence } | null {
  if (seats === null || seats.beyond === 'allow' || seats.waiting > 0) return null;
  const { used, limit } = seats;
  const fullness = fullnessOf(used, limit);
  if (fullness === null) return null;
  return {
    title: say(fullness === 'reached' ? 'seats.full' : 'seats.nearlyFull'),
    text: say('seats.fullText', { used, limit }),
  };
}
