import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { Change, Regrouping } from './change.ts';
import type { Decision } from './decision.ts';
import type { Person } from './person.ts';
import { type GroupRef, stampOf } from './person-groups.ts';
import type { ReasonNotes } from './reason.ts';

/** The field that names a member's groups in a change. */
export const groupsField = 'groups';

/** People who are withheld, or whose member somebody else took over, keep their groups too. */
const untouchedKinds: ReadonlySet<Decision['kind']> = new Set(['conflict', 'held', 'suppressed', 'excluded']);

/**
 * Adds to a decision the groups that the person joins and leaves: a member belongs to the chosen groups that the directory
 * names for them, and to none once removed. Where nothing else changes, this is an update.
 */
export function withGroups(person: Person, decided: Decision): Decision {
  if (!movesGroups(person, decided)) return decided;
  const { before, regrouping } = compare(person, decided);
  const { joined, left } = regrouping;
  if (joined.length + left.length === 0) return decided;
  const moved = {
    ...decided,
    fields: [...decided.fields, fieldOf(before, regrouping)],
    groups: regrouping,
  };
  if (decided.kind !== 'nothing') return moved;
  return {
    ...moved,
    kind: 'update',
    reason: { code: 'groups-changed', params: notesOf(decided) },
    basedOn: { ...decided.basedOn, groups: stampOf(person.groups) },
  };
}

/** What the reason of somebody with nothing else to do mentions. */
function notesOf({ reason }: Decision): ReasonNotes {
  if (reason.code === 'in-step') return reason.params;
  if (reason.code !== 'suspended-by-admin') return {};
  const { by: _by, since: _since, ...notes } = reason.params;
  return { ...notes, suspended: true };
}

/** Whether the person is in a group that is not a group of the product yet: the next run looks at them again. */
export function awaitsGroups(person: Person | undefined, decided: Decision): boolean {
  return (
    person?.groups?.absent === true && movesGroups(person, decided) && statusOf(person, decided) !== 'removed'
  );
}

function movesGroups(person: Person, { kind, link, member }: Decision): boolean {
  if (person.groups === null || untouchedKinds.has(kind) || person.hasHeir) return false;
  return (member?.id ?? link?.memberId ?? null) !== null;
}

function statusOf({ member: stored }: Person, { member, link }: Decision): string | undefined {
  return member?.status ?? (stored?.id === link?.memberId ? stored?.status : undefined);
}

function compare(person: Person, decided: Decision): { before: GroupRef[]; regrouping: Regrouping } {
  const memberId = decided.member?.id ?? decided.link?.memberId ?? '';
  const isRemoved = statusOf(person, decided) === 'removed';
  const wanted = isRemoved ? [] : (person.groups?.wanted ?? []);
  const names = new Map(wanted.map(({ id, name }) => [id, name]));
  const current = person.groups?.ofMembers.get(memberId) ?? [];
  const before = current.map(({ id, name }) => ({ id, name: names.get(id) ?? name }));
  const held = new Set(current.map(({ id }) => id));
  const staying = new Set(isRemoved ? [] : current.flatMap(({ id, stays }) => (stays ? [id] : [])));
  const joined = wanted.filter(({ id }) => !held.has(id));
  const left = before.filter(({ id }) => !names.has(id) && !staying.has(id));
  return { before, regrouping: { joined: byName(joined), left: byName(left) } };
}

/** The change of the groups as a field: all of them before and after, by name. */
export function fieldOf(before: readonly GroupRef[], { joined, left }: Regrouping): FieldChange {
  const gone = new Set(left.map(({ id }) => id));
  const after = [...before.filter(({ id }) => !gone.has(id)), ...joined];
  return { field: groupsField, before: namesOf(before), after: namesOf(after) };
}

/** The same groups, the other way round. */
export function regroupingBack({ groups }: Pick<Change, 'groups'>): Regrouping | null {
  return groups && { joined: groups.left, left: groups.joined };
}

function namesOf(groups: readonly GroupRef[]): string[] {
  return byName(groups).map(({ name }) => name);
}

function byName(groups: readonly GroupRef[]): GroupRef[] {
  return groups.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}
