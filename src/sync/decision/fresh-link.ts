import { cleanLine } from '../../member-directory/fields/visible-text.ts';
import type { LinkState, Person } from './person.ts';

/** A link between a person and this member (null: none) that forgets every earlier conflict, hold or suppression. */
export function freshLink(person: Person, memberId: string | null): LinkState {
  return {
    memberId,
    externalId: person.directoryUser?.externalId ?? person.link?.externalId ?? null,
    state: 'linked',
    reason: null,
    suppressedKind: null,
    name: nameOf(person),
  };
}

/** What lists call a person. Nothing is derived from the name of an inactive user: it may be a tombstone. */
export function nameOf(person: Person): string {
  const { directoryUser, member, link, mapped } = person;
  if (directoryUser?.active === true) {
    const { displayName, firstName, lastName, email } = mapped?.fields ?? {};
    const fullName = [firstName, lastName].filter(Boolean).join(' ');
    return displayName || fullName || email || cleanLine(directoryUser.userName) || directoryUser.id;
  }
  return member?.displayName || member?.email || link?.name || (directoryUser?.userName ?? '');
}
