import type { Overview } from '../../api/shapes.ts';

export type ContactState = 'waiting' | 'good' | 'refused';

/**
 * What the last contact says about the connection. That one person was refused, or not found, says nothing about it: what is
 * refused again and again is a finding, and so is silence.
 */
export function contactState({ lastContact }: Pick<Overview, 'lastContact'>): ContactState {
  if (lastContact === null) return 'waiting';
  const { status } = lastContact;
  return status === 401 || status === 403 || status >= 500 ? 'refused' : 'good';
}
