import { memberName } from '../../member-directory/fields/member-name.ts';
import type { Person } from './person.ts';
import type { Reason } from './reason.ts';

/** Why nothing happens to somebody without a member who is not to have access. */
export function withoutMember({ former, directoryUser }: Person): Reason {
  if (former !== null) {
    return { code: 'released', params: { name: memberName(former.member), by: former.givenBy } };
  }
  if (directoryUser === null) return { code: 'gone', params: {} };
  return {
    code: directoryUser.lacksRole ? 'without-role-never-linked' : 'inactive-never-linked',
    params: {},
  };
}

/** Why somebody loses access. */
export function codeOfLeaving({ directoryUser }: Person) {
  if (directoryUser === null) return 'leaver-deleted';
  return directoryUser.lacksRole ? 'leaver-without-role' : 'leaver-deactivated';
}
