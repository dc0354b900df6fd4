import type { Overview } from '../../api/shapes.ts';
import { hoursMs } from '../../duration.ts';

/** Entra calls about every 40 minutes; after several rhythms without a call something is wrong. */
export const quietAfterMs = hoursMs(3);

export type ContactState = 'waiting' | 'good' | 'refused' | 'quiet';

/** What the last contact says about the connection: all that can be known is when somebody last called. */
export function contactState({ lastContact }: Pick<Overview, 'lastContact'>, now: number): ContactState {
  if (lastContact === null) return 'waiting';
  if (lastContact.status >= 400 && lastContact.status !== 404) return 'refused';
  return now - new Date(lastContact.at).getTime() > quietAfterMs ? 'quiet' : 'good';
}
