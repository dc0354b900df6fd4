import type { Overview } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';
import type { HeldAccess } from '../../sync/held/guard-words.ts';

/** What is said before user provisioning is switched off; of people who are held, that they stay as they are. */
export function deactivationWords(
  overview: Pick<Overview, 'removalGuard'> | undefined,
  access: HeldAccess,
): Sentence[] {
  const held = overview?.removalGuard.held ?? 0;
  return [say('deactivate.confirm'), ...(held > 0 ? [say('deactivate.held', { count: held, access })] : [])];
}
