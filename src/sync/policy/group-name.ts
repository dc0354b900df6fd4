import { cleanLine, isVisible } from '../../scim-core/visible-text.ts';

/**
 * What a member group is called: as its directory group, cleaned as names of people are. A name of which nothing can be
 * seen is none; the group then goes by its id.
 */
export function memberGroupName(directoryName: string, id: string): string {
  const name = cleanLine(directoryName);
  return isVisible(name) ? name : id;
}
