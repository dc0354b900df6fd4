import { type Event, type Group, type Member, memberOf, type Membership } from './event.ts';
import type { Changes } from './store.ts';

/** Collects what happened, in order, and keeps of each member, group and membership the last state. */
export class CollectedChanges {
  private readonly members = new Map<string, Member | null>();
  private readonly groups = new Map<string, Group | null>();
  /** By member, then by group: whether they belong to it. */
  private readonly memberships = new Map<string, Map<string, boolean>>();
  private readonly versions: ReadonlyMap<string, number>;

  /** @param versions those of the members that the store has; an event of the same or an older version says nothing new */
  constructor(versions: ReadonlyMap<string, number> = new Map()) {
    this.versions = versions;
  }

  /** Takes in an event; those that change no member or group are passed over. */
  event(event: Event): void {
    const member = memberOf(event);
    if (member !== null) {
      if (
        event.subject.version > (this.members.get(member.id)?.version ?? this.versions.get(member.id) ?? 0)
      ) {
        this.member({ ...member, version: event.subject.version });
      }
      return;
    }
    if (event.subject.kind !== 'group') return;
    if (event.type === 'group.deleted') this.removeGroup(event.subject.id);
    else if (event.type === 'group.member_added') this.membership(membershipOf(event), true);
    else if (event.type === 'group.member_removed') this.membership(membershipOf(event), false);
    else this.group(event.data as unknown as Group);
  }

  /** A member as they are now, the groups that they belong to included. */
  member(member: Member): void {
    this.memberships.delete(member.id);
    this.members.set(member.id, member.status === 'removed' ? null : member);
  }

  /** A member who is no longer there. */
  removeMember(id: string): void {
    this.memberships.delete(id);
    this.members.set(id, null);
  }

  /** A group as it is now. */
  group({ id, name }: Group): void {
    this.groups.set(id, { id, name });
  }

  private removeGroup(id: string): void {
    this.groups.set(id, null);
    for (const byGroup of this.memberships.values()) byGroup.delete(id);
  }

  private membership({ groupId, memberId }: Membership, belongs: boolean): void {
    const byGroup = this.memberships.get(memberId) ?? new Map<string, boolean>();
    this.memberships.set(memberId, byGroup.set(groupId, belongs));
  }

  /** How many members and groups there is something to do about. */
  get size(): number {
    return this.members.size + this.groups.size + this.memberships.size;
  }

  /** What it comes to. */
  get changes(): Changes {
    const memberships = [...this.memberships].flatMap(([memberId, byGroup]) =>
      [...byGroup].map(([groupId, belongs]) => ({ groupId, memberId, belongs })),
    );
    const pairs = (wanted: boolean): Membership[] =>
      memberships
        .filter(({ belongs }) => belongs === wanted)
        .map(({ groupId, memberId }) => ({ groupId, memberId }));
    return {
      members: present(this.members).map((member) => this.withoutRemovedGroups(member)),
      removedMembers: absent(this.members),
      groups: present(this.groups),
      removedGroups: absent(this.groups),
      memberships: pairs(true).filter(({ memberId }) => this.members.get(memberId) !== null),
      removedMemberships: pairs(false),
    };
  }

  /** A group that was deleted later takes its memberships with it. */
  private withoutRemovedGroups(member: Member): Member {
    const isThere = ({ id }: Group) => this.groups.get(id) !== null;
    return member.groups.every(isThere) ? member : { ...member, groups: member.groups.filter(isThere) };
  }
}

function membershipOf(event: Event): Membership {
  const { member } = event.data as { member?: { id?: string } };
  return { groupId: event.subject.id, memberId: member?.id ?? '' };
}

function present<T>(all: ReadonlyMap<string, T | null>): T[] {
  return [...all.values()].filter((one) => one !== null);
}

function absent(all: ReadonlyMap<string, unknown>): string[] {
  return [...all].filter(([, one]) => one === null).map(([id]) => id);
}
