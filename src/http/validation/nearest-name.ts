import { distance } from 'fastest-levenshtein';

/** Longer names are no slip of a finger, and costly to compare. */
const comparedLengthMaxChars = 60;
/** Up to this length one letter may be wrong, beyond it two. */
const shortLengthMaxChars = 4;

/**
 * The known name that somebody most likely meant: the same but for case, hyphens and underscores, or a slip away.
 *
 * @returns null when none is near
 */
export function nearestName(written: string, known: readonly string[]): string | null {
  if (written.length > comparedLengthMaxChars) return null;
  const plain = plainName(written);
  const slipsMax = written.length <= shortLengthMaxChars ? 1 : 2;
  let nearest: { name: string; slips: number } | null = null;
  for (const name of known) {
    const slips = slipsBetween(plain, plainName(name));
    if (slips <= slipsMax && slips < name.length / 2 && slips < (nearest?.slips ?? Infinity))
      nearest = { name, slips };
  }
  return nearest?.name ?? null;
}

/** Letters in another order count as one slip. */
function slipsBetween(one: string, other: string): number {
  const slips = distance(one, other);
  return slips === 2 && [...one].sort().join('') === [...other].sort().join('') ? 1 : slips;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}
