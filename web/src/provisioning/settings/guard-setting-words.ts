import type { Settings } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/**
 * What a setting of the safeguard comes to today.
 *
 * @param active how many members that the identity provider manages have access; null while that is not known
 * @param used how many deactivations of the last 24 hours count; null likewise
 */
export function guardSettingWords(
  { percent, atLeast }: Settings['removalGuard'],
  active: number | null,
  used: number | null,
): Sentence[] {
  if (percent >= 100) return [say('settings.guardOff')];
  if (percent <= 0 && atLeast <= 0) return [say('settings.guardAll')];
  if (active === null || used === null) return [];
  // Those who lost access within the window had it when it began.
  const allowed = Math.max(atLeast, Math.floor((percent * (active + used)) / 100));
  if (allowed >= active + used) return [say('settings.guardNobodyToday', { active })];
  const left = Math.max(0, allowed - used);
  return [say('settings.guardToday', { allowed, active }), say('settings.guardUsed', { used, left })];
}
