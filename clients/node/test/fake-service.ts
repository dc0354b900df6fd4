import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bucketOf, Digest } from '../src/digest.ts';
import type { Event, Group, Member } from '../src/event.ts';

/** A change that the fake service makes; people and groups are named by numbers. */
export type Step =
  | { do: 'change' | 'suspend' | 'remove'; member: number }
  | { do: 'rename' | 'delete'; group: number }
  | { do: 'join' | 'leave'; group: number; member: number };

const json = { 'content-type': 'application/json' };

/** Part of the service's contract in memory: the feed, snapshots and digests of a few workspaces. */
export class FakeService {
  readonly workspaces: FakeWorkspace[];
  /** All events, in the order of the feed over all workspaces. */
  private readonly feed: Event[] = [];
  /** So many of the oldest events are no longer kept. */
  private forgotten = 0;
  /** Called before each answer; may throw, as a network does. */
  disturb: () => void = () => undefined;
  /** Called after each line of a snapshot that was sent. */
  onLine: () => void = () => undefined;
  requests = 0;

  constructor(count: number) {
    const publish = (event: Event) => this.feed.push(event);
    this.workspaces = Array.from({ length: count }, (_, at) => new FakeWorkspace(uuid(at, 0xf), publish));
  }

  /** Deletes the oldest events, so that fewer cursors are good. */
  forget(share: number): void {
    this.forgotten = Math.max(this.forgotten, Math.floor(this.feed.length * share));
  }

  readonly fetch: typeof fetch = (input) => {
    const request = new Request(input);
    this.requests += 1;
    try {
      this.disturb();
      return Promise.resolve(this.answer(new URL(request.url)));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };

  private answer({ pathname, searchParams }: URL): Response {
    if (pathname === '/operator/events') return this.events(searchParams);
    if (pathname === '/operator/workspaces')
      return Response.json({ items: this.workspaces.map(({ id }) => ({ id })), nextCursor: null });
    const [, id, call] = /^\/operator\/workspaces\/([^/]+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const workspace = this.workspaces.find((each) => each.id === id);
    if (workspace === undefined) return refusal(404);
    if (call === 'snapshot') return this.snapshot(workspace, searchParams);
    if (call === 'digest') return Response.json(workspace.digest(Number(searchParams.get('buckets'))));
    return Response.json({ id });
  }

  private events(query: URLSearchParams): Response {
    const after = query.get('after');
    if (after === 'now') return Response.json({ items: [], next: String(this.feed.length), more: false });
    const from = after === null ? this.forgotten : Number(after);
    if (from < this.forgotten) return refusal(410);
    const wanted = query.get('workspaceId');
    const all = this.feed.slice(from);
    const limit = Math.min(Number(query.get('limit') ?? 100), 7);
    const items = all.slice(0, limit).filter(({ workspaceId }) => wanted === null || wanted === workspaceId);
    const next = String(from + Math.min(limit, all.length));
    return Response.json({ items, next, more: all.length > limit });
  }

  private snapshot(workspace: FakeWorkspace, query: URLSearchParams): Response {
    const from = query.get('from') ?? '';
    const wanted = query.getAll('bucket').map(Number);
    const isWanted = (id: string) =>
      wanted.length === 0 || wanted.includes(bucketOf(id, Number(query.get('buckets'))));
    const members = workspace.members
      .filter(({ id }) => isWanted(id))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const head = {
      kind: 'head',
      sequence: workspace.sequence,
      cursor: String(this.feed.length),
      members: members.length,
    };
    const lines = [
      head,
      ...members.filter(({ id }) => id > from).map((member) => ({ kind: 'member', ...member })),
      ...workspace.groups.map((group) => ({ kind: 'group', ...group, memberIds: [] })),
    ].map((line) => `${JSON.stringify(line)}\n`);
    const told = (function* (onLine: () => void) {
      for (const line of lines) {
        yield new TextEncoder().encode(line);
        onLine();
      }
    })(() => this.onLine());
    return new Response(ReadableStream.from(told), { headers: json });
  }
}

/** The members of one workspace, changed step by step. */
export class FakeWorkspace {
  readonly id: string;
  sequence = 0;
  private readonly people = new Map<string, Member>();
  private readonly teams = new Map<string, Group>();
  private readonly publish: (event: Event) => void;

  constructor(id: string, publish: (event: Event) => void) {
    this.id = id;
    this.publish = publish;
  }

  get members(): Member[] {
    return [...this.people.values()]
      .filter(({ status }) => status !== 'removed')
      .map((member) => structuredClone(member));
  }

  get groups(): Group[] {
    return [...this.teams.values()];
  }

  digest(buckets: number) {
    const digest = new Digest(buckets);
    for (const { id, version } of this.members) digest.add(id, version);
    return {
      sequence: this.sequence,
      members: digest.members,
      digest: digest.digest,
      buckets: digest.buckets,
    };
  }

  take(step: Step): void {
    if (step.do === 'join' || step.do === 'leave') this.membership(step);
    else if ('group' in step) this.changeGroup(step);
    else this.changeMember(step);
  }

  private changeMember({ do: what, member: number }: { do: string; member: number }): void {
    const id = uuid(number, 0xa);
    const before = this.people.get(id);
    if (before === undefined && what !== 'change') return;
    const member: Member = before ?? newMember(id);
    member.version += 1;
    member.displayName = `Person ${this.sequence}`;
    member.status = what === 'remove' ? 'removed' : 'active';
    member.access = { remove: 'ended', suspend: 'suspended', change: 'granted' }[what] as Member['access'];
    this.people.set(id, member);
    if (what === 'remove') {
      for (const { id: groupId } of member.groups)
        this.tell('group.member_removed', groupId, { id: groupId, member: { id } });
      member.groups = [];
    }
    const type =
      before === undefined ? 'member.created' : what === 'remove' ? 'member.removed' : 'member.updated';
    this.tell(type, id, { ...member }, member.version);
  }

  private changeGroup({ do: what, group: number }: { do: string; group: number }): void {
    const id = uuid(number, 0xb);
    const before = this.teams.get(id);
    if (what === 'delete') {
      if (!this.teams.delete(id)) return;
      for (const member of this.people.values())
        member.groups = member.groups.filter((group) => group.id !== id);
      this.tell('group.deleted', id, { ...before });
      return;
    }
    const group = { id, name: `Group ${this.sequence}` };
    this.teams.set(id, group);
    for (const member of this.people.values())
      for (const one of member.groups) if (one.id === id) one.name = group.name;
    this.tell(before === undefined ? 'group.created' : 'group.updated', id, group);
  }

  private membership({
    do: what,
    group: groupNumber,
    member: number,
  }: {
    do: string;
    group: number;
    member: number;
  }): void {
    const group = this.teams.get(uuid(groupNumber, 0xb));
    const member = this.people.get(uuid(number, 0xa));
    if (group === undefined || member === undefined || member.status === 'removed') return;
    const belongs = member.groups.some(({ id }) => id === group.id);
    if (belongs === (what === 'join')) return;
    member.groups = belongs
      ? member.groups.filter(({ id }) => id !== group.id)
      : [...member.groups, { ...group }];
    this.tell(belongs ? 'group.member_removed' : 'group.member_added', group.id, {
      ...group,
      member: { id: member.id },
    });
  }

  private tell(type: Event['type'], id: string, data: object, version?: number): void {
    this.sequence += 1;
    this.publish({
      id: `evt_${randomUUID()}`,
      type,
      at: new Date().toISOString(),
      workspaceId: this.id,
      workspaceExternalId: null,
      sequence: this.sequence,
      subject: {
        kind: type.startsWith('member') ? 'member' : 'group',
        id,
        externalId: null,
        version: version ?? this.sequence,
      },
      cause: { by: 'admin', runId: null, reason: null },
      changes: [],
      data: structuredClone(data) as Record<string, unknown>,
    });
  }
}

function refusal(status: number): Response {
  return Response.json(
    { type: 'urn:problem:refused', title: 'Refused', status, detail: 'Refused' },
    { status },
  );
}

function uuid(number: number, kind: number): string {
  return `0193${kind.toString(16)}000-0000-7000-8000-${((number * 2_654_435_761) % 2 ** 32).toString(16).padStart(12, '0')}`;
}

/** What may be null is null, as the contract says it: a field that is added needs nothing here. */
const nothing = (() => {
  const file = new URL('../../../openapi.json', import.meta.url);
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    components: { schemas: { ProductMemberResponse: { properties: Record<string, { type?: unknown }> } } };
  };
  const fields = Object.entries(components.schemas.ProductMemberResponse.properties);
  const nullable = fields.filter(([, { type }]) => Array.isArray(type) && type.includes('null'));
  return Object.fromEntries(nullable.map(([field]) => [field, null])) as unknown as Member;
})();

function newMember(id: string): Member {
  return {
    ...nothing,
    id,
    version: 0,
    email: `${id}@example.com`,
    status: 'active',
    access: 'granted',
    source: 'manual',
    provisionedFields: [],
    properties: {},
    roleBecause: [],
    idp: null,
    groups: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}
