import type { DirectoryGroup } from './company.ts';
import type { Cycle } from './cycle.ts';
import { fieldOf } from './entra-mapping.ts';
import { addMembersPatch, attributePatch, createGroupBody, removeMemberPatch } from './entra-messages.ts';

/** One request's worth of membership: people who come into or leave one group. */
export interface MembershipChange {
  group: DirectoryGroup;
  kind: 'add' | 'remove';
  /** objectIds; one only when removing. */
  members: string[];
  /** Ask first whether it is so already. */
  probe: boolean;
}

const membersPerPatchMax = 50;

/** What Entra does with one group in a cycle. */
export class GroupProvisioning {
  private readonly cycle: Cycle;
  /** objectIds of groups that were there before. */
  private readonly matched = new Set<string>();

  constructor(cycle: Cycle) {
    this.cycle = cycle;
  }

  /** Match by externalId, else create without members. A match gets the name it should have. */
  async provision(group: DirectoryGroup): Promise<void> {
    const found = await this.cycle.match('/Groups', group.objectId);
    if (found === null) {
      await this.cycle.create('/Groups', group.objectId, createGroupBody(group));
      this.cycle.report.groups.created += 1;
      return;
    }
    this.matched.add(group.objectId);
    this.cycle.report.groups.matched += 1;
    if (fieldOf(found, 'displayName') !== group.displayName) await this.rename(group);
  }

  private async rename(group: DirectoryGroup): Promise<void> {
    const change = { verb: 'replace', path: 'displayName', value: group.displayName } as const;
    const id = this.cycle.ids.get(group.objectId) ?? '';
    await this.cycle.patch(`/Groups/${id}`, attributePatch([change], this.cycle.dialect));
    this.cycle.report.groups.updated += 1;
  }

  /** Deleted in Entra. */
  async remove(group: DirectoryGroup): Promise<void> {
    if (await this.cycle.remove('/Groups', group.objectId)) this.cycle.report.groups.deleted += 1;
  }

  /** The requests that fill groups: one member each for every other group, as Entra often does, else many at once. */
  additions(groups: readonly DirectoryGroup[]): MembershipChange[] {
    return groups.flatMap((group, index) => {
      const probe = this.matched.has(group.objectId);
      return inParts(group.members, probe || index % 2 === 0 ? 1 : membersPerPatchMax).map(
        (members): MembershipChange => ({ group, kind: 'add', members, probe }),
      );
    });
  }

  /** Applies one change of membership. People and groups that the service does not have are passed over. */
  async changeMembers({ group, kind, members, probe }: MembershipChange): Promise<void> {
    const groupId = await this.cycle.idOf('/Groups', group.objectId);
    if (groupId === null) return;
    const memberIds: string[] = [];
    for (const member of members) {
      const id = await this.cycle.idOf('/Users', member);
      if (id !== null && !(probe && (await this.hasMember(groupId, id)))) memberIds.push(id);
    }
    const [first] = memberIds;
    if (first === undefined) return;
    if (kind === 'add') {
      await this.cycle.patch(`/Groups/${groupId}`, addMembersPatch(memberIds, this.cycle.dialect));
      this.cycle.report.groups.membersAdded += memberIds.length;
    } else {
      await this.cycle.patch(`/Groups/${groupId}`, removeMemberPatch(first, this.cycle.dialect));
      this.cycle.report.groups.membersRemoved += 1;
    }
  }

  /** Entra's membership check; it never reads the members themselves. */
  private async hasMember(groupId: string, memberId: string): Promise<boolean> {
    const filter = `id eq "${groupId}" and members eq "${memberId}"`;
    const found = await this.cycle.find('/Groups', { filter, attributes: 'id' });
    return found.some((resource) => fieldOf(resource, 'id') === groupId);
  }
}

/** The membership requests that lead from one day's groups to the next day's; `staying` are the people who still exist. */
export function membershipChanges(
  before: readonly DirectoryGroup[],
  after: readonly DirectoryGroup[],
  staying: ReadonlySet<string>,
): MembershipChange[] {
  const earlier = new Map(before.map((group) => [group.objectId, new Set(group.members)]));
  return after.flatMap((group) => {
    const had = earlier.get(group.objectId) ?? new Set<string>();
    const has = new Set(group.members);
    const come = group.members.filter((id) => !had.has(id));
    const gone = [...had].filter((id) => !has.has(id) && staying.has(id));
    return [
      ...come.map((id): MembershipChange => ({ group, kind: 'add', members: [id], probe: false })),
      ...gone.map((id): MembershipChange => ({ group, kind: 'remove', members: [id], probe: false })),
    ];
  });
}

function inParts<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}
