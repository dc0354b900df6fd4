import type { Settings } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** What a setting of the safeguard comes to where that is not plain: that it holds nobody, or everybody; else null. */
export function guardSettingWords({ percent, atLeast }: Settings['removalGuard']): Sentence | null {
  if (percent >= 100) return say('settings.guardOff');
  if (percent <= 0 && atLeast <= 0) return say('settings.guardAll');
  return null;
}
