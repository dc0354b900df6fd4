import type { Decision } from './decision.ts';
import type { Person } from './person.ts';
import { stampOf } from './person-groups.ts';
import { type ChosenRole, roleField } from './roles.ts';

/** What may happen to people while a role of theirs is held back. */
const changing: ReadonlySet<Decision['kind']> = new Set(['create', 'link', 'update', 'reactivate']);

/** The names of the groups because of which somebody has a role; of a group that is gone, nothing. */
export function namesOfRoleGroups({ groups }: ChosenRole, names: ReadonlyMap<string, string>): string[] {
  return groups.flatMap((id) => names.get(id) ?? []).sort((a, b) => a.localeCompare(b, 'en'));
}

/**
 * Adds to a decision what of the person's role waits. Where nothing else happens, the person is held; else the rest is done,
 * and the reason says what waits. What was decided about a role rests on the person's groups, too.
 */
export function withHeldRole(person: Person, decided: Decision): Decision {
  const isAboutRole = decided.fields.some(({ field }) => field === roleField);
  const { groups } = person;
  const decision = isAboutRole
    ? { ...decided, basedOn: { ...decided.basedOn, groups: stampOf(groups) } }
    : decided;
  const held = decided.heldRole;
  if (held === null) return decision;
  if (changing.has(decision.kind)) {
    const reason = { ...decision.reason, params: { ...decision.reason.params, roleWaits: held.reason } };
    return { ...decision, reason: reason as Decision['reason'], awaitsRole: true };
  }
  if (decision.kind !== 'nothing' || person.member?.status !== 'active') return decision;
  const before = person.member.role;
  return {
    ...decision,
    kind: 'held',
    fields: [{ field: roleField, before, after: held.after }],
    reason: held.reason,
    awaitsRole: true,
  };
}

/**
 * Has somebody lose their role who is otherwise left as they are: in a conflict, which may last, or because a change of
 * theirs was undone that was not about roles.
 *
 * @param isLoss whether the role after is a lower one
 */
export function withLostRole(
  { member, link, directoryUser, roleFor }: Person,
  decided: Decision,
  isLoss: (before: string | null, after: string | null) => boolean,
): Decision {
  const { kind, basedOn } = decided;
  const isLeftAlone = kind === 'conflict' || (kind === 'suppressed' && basedOn.groups === null);
  if (!isLeftAlone || directoryUser?.active !== true || member?.status !== 'active') return decided;
  const role = link?.memberId === member.id ? (roleFor?.(member) ?? null) : null;
  if (role === null || !isLoss(member.role, role.key)) return decided;
  return {
    ...decided,
    kind: 'update',
    fields: [{ field: roleField, before: member.role, after: role.key }],
    reason: { code: 'role-lost', params: {} },
    memberId: member.id,
    member: { ...member, role: role.key, roleGroups: role.groups },
    link,
    // The conflict is told of by the next run.
    awaitsRole: kind === 'conflict',
  };
}

/**
 * What of a decision takes a role away and nothing else, for the lane that does not wait for a run.
 *
 * @param isLoss whether the role after is a lower one
 * @returns null where the decision takes no role
 */
export function onlyRoleLoss(
  { member: before, link }: Pick<Person, 'member' | 'link'>,
  decided: Decision,
  isLoss: (before: string | null, after: string | null) => boolean,
): Decision | null {
  const { member: after } = decided;
  if (before === null || after === null || before.status !== 'active' || after.status !== 'active')
    return null;
  if (before.id !== after.id || !isLoss(before.role, after.role)) return null;
  const fields = decided.fields.filter(({ field }) => field === roleField);
  const isAll = fields.length === decided.fields.length && decided.groups === null && !decided.awaitsRole;
  return {
    ...decided,
    kind: 'update',
    fields,
    reason: { code: 'role-lost', params: {} },
    member: { ...before, role: after.role, roleGroups: after.roleGroups },
    link,
    groups: null,
    waitsFor: null,
    heldRole: null,
    awaitsRole: !isAll,
  };
}
