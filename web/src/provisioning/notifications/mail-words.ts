import type { Notifications } from '../../api/shapes.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** Whether, and where, an admin's own e-mails go. */
export function mineWords({ mail, mine }: Pick<Notifications, 'mail' | 'mine'>, email: string): Sentence {
  if (mine === null) return say('notifications.mineNone', { email });
  return say(mail.available ? 'notifications.mineText' : 'notifications.mineStopped', { email });
}
