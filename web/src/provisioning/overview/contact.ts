import type { Overview } from '../../api/shapes.ts';

export type ContactState = 'waiting' | 'good' | 'refused' | 'cutOff';

/**
 * What the last contact says about the connection. That one person was refused, or not found, says nothing about it: what is
 * refused again and again is a finding, and so is silence.
 *
 * @param isCutOff whether the identity provider has nothing any more that it could come with
 */
export function contactState(
  { lastContact }: Pick<Overview, 'lastContact'>,
  isCutOff: boolean,
): ContactState {
  if (lastContact === null) return 'waiting';
  if (isCutOff) return 'cutOff';
  const { status } = lastContact;
  return status === 401 || status === 403 || status >= 500 ? 'refused' : 'good';
}
