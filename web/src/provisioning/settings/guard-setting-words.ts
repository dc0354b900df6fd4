import type { Settings } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/**
 * What a setting of the safeguard comes to today.
 *
 * @param active how many provisioned members have access; null while that is not known
 */
export function guardSettingWords(
  { percent, atLeast }: Settings['removalGuard'],
  active: number | null,
): Sentence | null {
  if (percent >= 100) return say('settings.guardOff');
  if (percent <= 0 && atLeast <= 0) return say('settings.guardAll');
  if (active === null) return null;
  const allowed = Math.max(atLeast, Math.floor((percent * active) / 100));
  if (allowed >= active) return say('settings.guardNobodyToday', { active });
  return say('settings.guardToday', { allowed, active });
}
