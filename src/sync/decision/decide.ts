import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { Basis } from './change.ts';
import { withHeldRole } from './decide-role.ts';
import { withGroups } from './decide-groups.ts';
import type { Decision } from './decision.ts';
import { chooseMember } from './choose-member.ts';
import { freshLink, nameOf, plainLink } from './fresh-link.ts';
import { blankMember, mergeMapped } from './merge-mapped.ts';
import type { LinkState, MemberState, Person } from './person.ts';
import { stampOf } from './person-groups.ts';
import { codeOfLeaving, withoutMember } from './leaver-reasons.ts';
import type { Reason, ReasonNotes } from './reason.ts';
import type { Refusal } from './refusals.ts';
import { roleField } from './roles.ts';
import { days } from '../../errors/duration.ts';

export type { Decision };

/** What of the workspace decides; `ownedFields` are the fields that rules fill, also after a member's creation. */
export type DecisionSettings = Pick<WorkspaceSettings, 'linkByEmail' | 'onLeave' | 'graceDays'> & {
  ownedFields: readonly string[];
};

/**
 * Decides what synchronization does with one person. Pure: preview, manual, nightly and leaver runs all ask here.
 *
 * @param person everything known about them
 * @param settings the workspace's choices
 * @param now when the grace period of a leaver is measured
 */
export function decide(person: Person, settings: DecisionSettings, now: Date): Decision {
  const stays = withheld(person) ?? erased(person);
  if (stays !== null) return stays;
  const decided =
    person.directoryUser?.active === true
      ? decideActive(person, settings)
      : decideLeaver(person, settings, now);
  return withHeldRole(person, withGroups(person, decided));
}

/** The same decision, withheld by the removal guard until an admin approves or rejects it. */
export function hold(decision: Decision, { used, allowed }: { used: number; allowed: number }): Decision {
  const { kind } = decision;
  const params = { kind, cause: decision.reason.code, used, allowed };
  return holdBack(decision, { code: 'removal-guard', params });
}

/** The same decision, withheld for a reason until an admin approves or rejects it. */
export function holdBack(decision: Decision, reason: Reason): Decision {
  const { kind, basedOn } = decision;
  if (kind === 'nothing') return decision;
  const held = { state: 'held', reason, basedOn, suppressedKind: null } as const;
  return {
    ...decision,
    kind: 'held',
    heldKind: kind,
    reason,
    link: decision.link && { ...decision.link, ...held },
    waitsFor: null,
    member: null,
    groups: null,
    removal: false,
  };
}

/**
 * The person as a conflict, because the database refuses what was decided. Nothing of the decision is written, and with
 * `keepsLink` not even that it is a conflict.
 */
export function refuse(person: Person, decided: Decision, { reference, keepsLink }: Refusal): Decision {
  const reason: Reason = { code: 'write-refused', params: { reference, kind: decided.kind } };
  const basedOn = basisOf(person);
  const { memberId = null, externalId = null, name = nameOf(person) } = person.link ?? {};
  const known = plainLink({ memberId, externalId, name });
  const link: LinkState = { ...known, state: 'conflict', reason, basedOn };
  return {
    ...decided,
    kind: 'conflict',
    fields: [],
    reason,
    basedOn,
    waitsFor: null,
    memberId: person.member?.id ?? null,
    member: null,
    groups: null,
    link: keepsLink ? person.link : link,
    removal: false,
    refused: true,
  };
}

/** Excluded for good; suppressed until the identity provider sends something newer; held until an admin decides. */
function withheld(person: Person): Decision | null {
  const { link, directoryUser, member } = person;
  if (link === null || link.reason === null) return null;
  const { basedOn, reason } = link;
  const stays = { fields: [], reason, basedOn, member: null, link };
  if (link.state === 'excluded') return decision(person, { kind: 'excluded', ...stays });
  if (link.state === 'suppressed' && !isOutdated(basedOn, person) && !hasLostAccess(link, person)) {
    return decision(person, { kind: 'suppressed', ...stays });
  }
  if (link.state === 'held' && directoryUser?.active !== true && member?.status === 'active') {
    return decision(person, { kind: 'held', ...stays, fields: [leaves('active', 'deactivated')] });
  }
  return null;
}

/** Somebody of that name was erased: nobody is brought back unnoticed. */
function erased(person: Person): Decision | null {
  const { erasedAt, directoryUser, member } = person;
  if (erasedAt === null || member !== null || directoryUser?.active !== true) return null;
  const reason: Reason = { code: 'erased', params: { erasedAt } };
  const link: LinkState = { ...freshLink(person, null), state: 'excluded', reason };
  return decision(person, { kind: 'excluded', fields: [], reason, link, origin: 'nobody' });
}

/** Whether the identity provider has sent something newer: another version, or, where it is about them, other groups. */
function isOutdated({ version, groups }: Basis, person: Person): boolean {
  if (version !== basisOf(person).version) return true;
  return groups !== null && groups !== stampOf(person.groups);
}

/** Whether no rule gives somebody a role any more, and nothing of that kind was undone. */
function hasLostAccess({ basedOn, suppressedKind }: LinkState, { directoryUser, member }: Person): boolean {
  if (directoryUser?.lacksRole !== true || member?.status !== 'active' || basedOn.groups !== null)
    return false;
  return suppressedKind !== 'deactivate' && suppressedKind !== 'remove';
}

/** Who has no access because no rule gives them a role may have it again by joining a group. */
function basisOf({ directoryUser, groups }: Person): Basis {
  const isAboutGroups = directoryUser?.lacksRole === true;
  return { version: directoryUser?.version ?? null, groups: isAboutGroups ? stampOf(groups) : null };
}

function decideActive(person: Person, settings: DecisionSettings): Decision {
  const chosen = chooseMember(person, settings);
  if (chosen.kind === 'conflict') {
    const { reason, disputedEmailKey } = chosen;
    const fresh = freshLink(person, person.member?.id ?? null);
    const link: LinkState = {
      ...fresh,
      state: 'conflict',
      reason,
      basedOn: basisOf(person),
      disputedEmailKey,
    };
    return decision(person, { kind: 'conflict', fields: [], reason, link });
  }
  const creating = chosen.kind === 'create';
  const before = creating ? blankMember(person) : chosen.member;
  const adopting =
    !creating && (chosen.origin === 'same-email' || chosen.origin === 'linked-by-admin')
      ? chosen.origin
      : null;
  const { after, fields, notes, waitsFor, heldRole } = mergeMapped(before, person, {
    creating,
    keepEmail: adopting !== null,
    ownedFields: settings.ownedFields,
  });
  const common = { member: after, link: freshLink(person, after.id), waitsFor, heldRole };
  if (creating) {
    const reason: Reason = { code: 'new-person', params: notes };
    return decision(person, { ...common, kind: 'create', fields, reason, origin: 'nobody' });
  }
  const { origin } = chosen;
  const returns = before.status !== 'active';
  const status = { field: 'status', before: before.status, after: 'active' };
  const found = { ...common, origin, fields: returns ? [status, ...fields] : fields };
  if (adopting !== null) {
    const params = { ...notes, source: before.source, email: before.email };
    return decision(person, { ...found, kind: 'link', reason: { code: adopting, params } });
  }
  const isReturner = origin === 'returner';
  if (returns || isReturner) {
    const reason: Reason = { code: isReturner ? 'returner' : 'reactivated', params: notes };
    return decision(person, { ...found, kind: returns ? 'reactivate' : 'link', reason });
  }
  if (fields.length > 0) {
    const isRoleAlone = fields.every(({ field }) => field === roleField);
    const code = isRoleAlone ? 'role-changed' : 'attributes-changed';
    return decision(person, { ...found, kind: 'update', reason: { code, params: notes } });
  }
  const bookkeeping = JSON.stringify(after) === JSON.stringify(before) ? null : after;
  return nothing(person, inStep(before, notes), { ...found, member: bookkeeping });
}

/** Why nothing is to be done about somebody active. */
function inStep({ suspension }: MemberState, notes: ReasonNotes): Reason {
  if (suspension === null) return { code: 'in-step', params: notes };
  const { suspended: _said, ...rest } = notes;
  return { code: 'suspended-by-admin', params: { ...rest, by: suspension.by, since: suspension.at } };
}

function decideLeaver(person: Person, settings: DecisionSettings, now: Date): Decision {
  const { member } = person;
  if (member === null) {
    return nothing(person, withoutMember(person), { link: null, origin: 'nobody' });
  }
  const link = freshLink(person, member.id);
  if (person.hasHeir) return nothing(person, { code: 'came-back', params: {} }, { link });
  if (member.status === 'active') return decideLeaving(person, member, link, settings, now);
  if (member.status === 'removed') {
    return nothing(person, { code: 'already-left', params: {} }, { link });
  }
  return decideGrace(person, member, link, settings, now);
}

/** A deactivated member whose directory user left: when they are removed, if ever, is what the settings say today. */
function decideGrace(
  person: Person,
  member: MemberState,
  link: LinkState,
  settings: DecisionSettings,
  now: Date,
): Decision {
  if (settings.onLeave !== 'delete') {
    const stays = member.removalDueAt === null ? null : { ...member, removalDueAt: null };
    return nothing(person, { code: 'already-left', params: {} }, { link, member: stays });
  }
  // People who left under a different setting still get their full grace period.
  const dueAt = member.removalDueAt ?? graceEnd(settings, now);
  if (new Date(dueAt) > now) {
    const waits = member.removalDueAt === null ? { ...member, removalDueAt: dueAt } : null;
    return nothing(person, { code: 'waits-for-removal', params: { dueAt } }, { link, member: waits });
  }
  return decision(person, {
    kind: 'remove',
    fields: [leaves(member.status, 'removed')],
    reason: { code: 'grace-over', params: { dueAt } },
    member: { ...member, status: 'removed', removalDueAt: null },
    link,
  });
}

function graceEnd(settings: DecisionSettings, now: Date): string {
  return new Date(now.getTime() + days(settings.graceDays)).toISOString();
}

/** An active member whose directory user left: switched off, or removed at once where no grace period is set. */
function decideLeaving(
  person: Person,
  member: MemberState,
  link: LinkState,
  settings: DecisionSettings,
  now: Date,
): Decision {
  const code = codeOfLeaving(person);
  const deletes = settings.onLeave === 'delete';
  const atOnce = deletes && settings.graceDays === 0;
  const dueAt = deletes && !atOnce ? graceEnd(settings, now) : null;
  const status = atOnce ? 'removed' : 'deactivated';
  return decision(person, {
    kind: atOnce ? 'remove' : 'deactivate',
    fields: [leaves('active', status)],
    reason: { code, params: dueAt === null ? {} : { removalDueAt: dueAt } },
    member: { ...member, status, deactivatedAt: now.toISOString(), removalDueAt: dueAt },
    link,
    removal: true,
  });
}

function leaves(before: string, after: string): FieldChange {
  return { field: 'status', before, after };
}

function nothing(person: Person, reason: Reason, more: Partial<Decision>): Decision {
  return decision(person, { kind: 'nothing', fields: [], reason, ...more });
}

function decision(
  person: Person,
  what: Pick<Decision, 'kind' | 'fields' | 'reason'> & Partial<Decision>,
): Decision {
  return {
    directoryUserId: person.directoryUserId,
    memberId:
      what.kind === 'create' ? null : (what.member?.id ?? what.link?.memberId ?? person.member?.id ?? null),
    name: nameOf(person),
    basedOn: basisOf(person),
    member: null,
    link: person.link,
    groups: null,
    removal: false,
    waitsFor: null,
    origin: 'stored-link',
    refused: false,
    heldRole: null,
    awaitsRole: false,
    heldKind: null,
    ...what,
  };
}
