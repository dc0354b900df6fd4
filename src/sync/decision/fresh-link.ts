import { cleanLine } from '../../scim-core/visible-text.ts';
import { memberName } from '../../member-directory/fields/member-name.ts';
import type { Basis } from './change.ts';
import type { LinkState, Person } from './person.ts';

/** A decision that rests on nothing in the directory. */
export const noBasis: Basis = { version: null, groups: null };

/** A link without conflict, hold or suppression. */
export function plainLink(link: Pick<LinkState, 'memberId' | 'externalId' | 'name'>): LinkState {
  return {
    ...link,
    state: 'linked',
    reason: null,
    basedOn: noBasis,
    suppressedKind: null,
    suppressedBy: null,
    heldAt: null,
    awaitsAdoption: false,
    disputedEmailKey: null,
  };
}

/** A link between a person and this member (null: none) that forgets every earlier conflict, hold or suppression. */
export function freshLink(person: Person, memberId: string | null): LinkState {
  const externalId = person.directoryUser?.externalId ?? person.link?.externalId ?? null;
  return plainLink({ memberId, externalId, name: nameOf(person) });
}

/** What lists call a person. Nothing is derived from the name of an inactive user: it may be a tombstone. */
export function nameOf(person: Person): string {
  const { directoryUser, member, link, mapped } = person;
  if (directoryUser?.active === true) {
    return memberName(mapped?.fields ?? {}) || cleanLine(directoryUser.userName) || directoryUser.id;
  }
  return (member && memberName(member)) || link?.name || (directoryUser?.userName ?? '');
}
