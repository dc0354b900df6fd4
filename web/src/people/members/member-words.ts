import type { DirectoryUser, Member, Overview, Property } from '../../api/shapes.ts';
import { memberTextFields } from '../../locales/member-fields.ts';
import { propertyField } from '../../parts/text/field-name.ts';
import { memberName } from '../../parts/text/member-name.ts';
import { type Sentence, say } from '../../parts/text/sentence.ts';

/** Whether any of the member's fields comes from the identity provider. */
export function isProvisioned({
  source,
  provisionedFields,
}: Pick<Member, 'source' | 'provisionedFields'>): boolean {
  return source === 'provisioning' || provisionedFields.length > 0;
}

/** Whether the identity provider alone can change a field: only while user provisioning is active. */
export function isLocked(
  { provisionedFields }: Pick<Member, 'provisionedFields'>,
  field: string,
  state: Overview['state'],
): boolean {
  return state === 'active' && provisionedFields.includes(field);
}

/** What a member is to the acts about many: by their status, and apart from the others where that is not the admin's. */
export function bulkKind(
  member: Pick<Member, 'status' | 'source' | 'provisionedFields'>,
  state: Overview['state'],
): Member['status'] | 'managed' | 'managed-deactivated' {
  // No rule fills the status: it is the identity provider's of everybody who comes from there.
  if (member.status === 'removed' || state !== 'active' || !isProvisioned(member)) return member.status;
  return member.status === 'active' ? 'managed' : 'managed-deactivated';
}

/** What can be done with many members. */
export type MemberAction = 'reactivate' | 'deactivate' | 'remove';

const actionsOfKind: Readonly<Record<string, readonly MemberAction[]>> = {
  active: ['deactivate', 'remove'],
  deactivated: ['reactivate', 'remove'],
  // Whose status the identity provider manages is switched off and on there, and comes back when removed here.
  'managed-deactivated': ['remove'],
};
const memberActions: readonly MemberAction[] = ['reactivate', 'deactivate', 'remove'];

/** What can be done with members of these kinds: none of it is refused for all of them. */
export function memberActionsFor(kinds: readonly string[]): readonly MemberAction[] {
  const possible = new Set(kinds.flatMap((kind) => actionsOfKind[kind] ?? []));
  return memberActions.filter((action) => possible.has(action));
}

/** What the page of a member asks and says about an act: each is about this member as they are. */
export function statusActWords(
  action: MemberAction,
  member: Member,
): { title: Sentence; text: Sentence; done: Sentence } {
  const name = memberName(member);
  const access =
    member.suspension === null ? (member.access === 'granted' ? 'granted' : 'none') : 'suspended';
  return {
    title: say(`member.${action}Title`, { name }),
    text: say(`member.${action}Text`, { name, access }),
    done: say(`member.${action}Done`, { name }),
  };
}

/** What a suspension would do to a member, who may have no access already. */
export function suspendText(member: Member): Sentence {
  const name = memberName(member);
  if (member.status !== 'active') return say('suspend.textInactive', { name });
  return say(member.access === 'granted' ? 'suspend.text' : 'suspend.textHeld', { name });
}

/** What is said where there are no members: people of the identity provider come only while provisioning is active. */
export function noMembersWords(
  isNarrowed: boolean,
  state: Overview['state'],
): Record<'title' | 'text', Sentence> {
  if (isNarrowed) return { title: say('members.noneFound'), text: say('members.noneFoundText') };
  return { title: say('members.emptyTitle'), text: say(`members.emptyText.${state}`) };
}

/** Why nothing can be done with members of these kinds. */
export function noActionWords(kinds: readonly string[]): Sentence {
  return kinds.every((kind) => kind === 'removed') ? say('bulk.removed') : say('bulk.managed');
}

/** Whether there is any field that an admin can change; if not, a form would only show what is locked. */
export function isEditable(
  member: Pick<Member, 'status' | 'provisionedFields'>,
  properties: readonly Pick<Property, 'key' | 'filledBy'>[],
  state: Overview['state'],
): boolean {
  if (member.status === 'removed') return false;
  const fields = [
    ...memberTextFields,
    'managerId',
    ...properties.filter(({ filledBy }) => filledBy !== 'provisioning').map(({ key }) => propertyField(key)),
  ];
  return fields.some((field) => !isLocked(member, field, state));
}

/**
 * What is said about the locked fields of a member; null where none is.
 *
 * @param isGone whether the identity provider has deleted the person: then nothing can be changed there either
 */
export function lockedWords(
  member: Pick<Member, 'provisionedFields'> | null,
  state: Overview['state'],
  isGone: boolean,
): Sentence | null {
  const isAny = member !== null && state === 'active' && member.provisionedFields.length > 0;
  if (!isAny) return null;
  return say(isGone ? 'member.goneLocked' : 'member.lockedText');
}

/** What is said where no field of a member can be changed here. */
export function allLockedWords(isGone: boolean): Sentence {
  return say(isGone ? 'member.goneAllLocked' : 'member.allLocked');
}

/**
 * Whether the identity provider has deleted the person that a member is of.
 *
 * @param person who the member is in the directory; undefined: nobody
 */
export function isGone(
  member: Pick<Member, 'source' | 'provisionedFields'>,
  person: Pick<DirectoryUser, 'reason'> | undefined,
): boolean {
  return person === undefined && isProvisioned(member);
}

/**
 * Why the next synchronization does nothing to a member.
 *
 * @param person who the member is in the directory; undefined: nobody
 */
export function nothingPendingWords(
  member: Member,
  person: Pick<DirectoryUser, 'reason'> | undefined,
  state: Overview['state'],
): Sentence {
  if (state !== 'active') return say('member.notSynchronized');
  if (person !== undefined) return say('member.reason', { reason: person.reason.text });
  if (isGone(member, person)) return say('member.goneFromDirectory');
  return say(`member.notFromDirectory.${member.source as Exclude<Member['source'], 'provisioning'>}`);
}
