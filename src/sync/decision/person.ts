import type { MappedMember } from '../../attribute-mapping/mapping/map-attributes.ts';
import type { MemberTexts } from '../../member-directory/fields/member-field.ts';
import type { MemberSource } from '../../member-directory/members/member-status.ts';
import type { Suspension } from '../../member-directory/members/suspension.ts';
import type { RoleWish } from '../../role-mapping/rule/role-wish.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import type { Basis, ChangeKind } from './change.ts';
import type { PersonGroups } from './person-groups.ts';
import type { Reason } from './reason.ts';
import type { ChosenRole, RoleHolder } from './roles.ts';

/**
 * What synchronization needs of a directory user. `version` is a decimal number of any size; `active`: they are to have
 * access.
 */
export interface DirectoryUser {
  id: string;
  externalId: string | null;
  userName: string;
  active: boolean;
  version: string;
  resource: ScimResource;
  /** Active, but as somebody who left: no rule gives them a role, and they have no access for that. */
  lacksRole: boolean;
}

/** The whole row of a member; times are ISO 8601. */
export interface MemberState extends MemberTexts, RoleHolder {
  id: string;
  emailKey: string;
  source: MemberSource;
  externalId: string | null;
  provisionedFields: string[];
  properties: Record<string, unknown>;
  managerId: string | null;
  deactivatedAt: string | null;
  removalDueAt: string | null;
  /** Set while an admin suspends the member: nothing here changes it. */
  suspension: Suspension | null;
}

export type LinkStateName = 'linked' | 'conflict' | 'held' | 'excluded' | 'suppressed' | 'waiting';

/**
 * What is known between a directory user and a member.
 *
 * @property state `waiting`: for a seat
 * @property basedOn what of the directory a conflict, hold or suppression was decided on
 * @property suppressedKind which kind of change is suppressed
 * @property suppressedBy the run that was undone, or that brought everybody back
 * @property heldAt when a removal that was rejected had been held
 * @property awaitsAdoption an admin made this link, and the next run lets provisioning adopt the member
 * @property disputedEmailKey the folded address that a conflict is about
 */
export interface LinkState {
  memberId: string | null;
  externalId: string | null;
  state: LinkStateName;
  reason: Reason | null;
  basedOn: Basis;
  suppressedKind: ChangeKind | null;
  suppressedBy: string | null;
  heldAt: string | null;
  awaitsAdoption: boolean;
  disputedEmailKey: string | null;
  name: string;
}

/** The holder of an address: a member, or (`memberId` null) a directory user who comes first in the same plan. */
export interface EmailHolder {
  memberId: string | null;
  directoryUserId: string | null;
  name: string;
  /** The member, when it may be adopted: created by hand or import and linked to nobody. */
  adoptable: MemberState | null;
  /** Whether an admin may link the member to somebody else: it is linked to nobody active. */
  mayBeLinked: boolean;
}

/**
 * The member that a person had before an admin linked it to another person.
 *
 * @property heldBy the directory user that the member is linked to now
 * @property holderIsActive whether that one is active in the directory
 */
export interface FormerMember {
  member: MemberState;
  givenBy: string;
  heldBy: string | null;
  holderIsActive: boolean;
}

/** The person that a manager reference names. `pending`: they have no member yet, or are unknown. */
export type ManagerReference =
  | { kind: 'unmapped' }
  | { kind: 'none' }
  | { kind: 'member'; memberId: string; directoryUserId?: string }
  | { kind: 'pending'; reference: string; directoryUserId?: string };

/** Everything that decides what happens to one person. */
export interface Person {
  directoryUserId: string;
  /** Null: deleted by the identity provider. */
  directoryUser: DirectoryUser | null;
  link: LinkState | null;
  /** The member that the link names. */
  member: MemberState | null;
  /** Members that carried the same `externalId` and belong to no living directory user. */
  returners: MemberState[];
  /** Null for people who have a member, and for those who never had one taken away. */
  former: FormerMember | null;
  /** A deleted person who came back under another id: that one takes the member over. */
  hasHeir: boolean;
  /** Null for people who are deleted or inactive: nothing is derived from them. */
  mapped: MappedMember | null;
  /** The other holder of the mapped address, if there is one. */
  emailHolder: EmailHolder | null;
  manager: ManagerReference;
  /** The people that properties of type user name, by the property's key. */
  references: Record<string, ManagerReference>;
  /** Null: none of these people is in a group, in the directory or in the product. */
  groups: PersonGroups | null;
  /** What the rules of roles want; null: roles are left alone, or the person is to have no access. */
  roleWish: RoleWish | null;
  /** The role that they get in this plan, by the member that they are found to be; null: it stays as it is. */
  roleFor: ((member: MemberState | null) => ChosenRole) | null;
  /** The names of the groups that give roles, by id. */
  roleGroupNames: ReadonlyMap<string, string>;
  /** When somebody of that name was erased, at whose request nobody is brought back; null: nobody, or this is a member. */
  erasedAt: string | null;
  /** The id of the member if one is created: always the same, so that a repeated plan is the same plan. */
  newMemberId: string;
}

/** Neither the directory nor its history knows the person. */
export function isUnknown({ directoryUser, link, former }: Person): boolean {
  return directoryUser === null && link === null && former === null;
}
