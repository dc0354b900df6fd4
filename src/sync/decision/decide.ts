import type { WorkspaceSettings } from '../../workspaces/settings.ts';
import type { FieldChange, Reason } from './change.ts';
import { withGroups } from './decide-groups.ts';
import type { Decision } from './decision.ts';
import { chooseMember } from './choose-member.ts';
import { freshLink, nameOf } from './fresh-link.ts';
import { blankMember, mergeMapped } from './merge-mapped.ts';
import { type LinkState, memberName, type MemberState, type Person } from './person.ts';
import { stampOf } from './person-groups.ts';
import type { Refusal } from './refusals.ts';

export type { Decision };

/** What of the workspace decides; `ownedFields` are the fields that rules fill, also after a member's creation. */
export type DecisionSettings = Pick<WorkspaceSettings, 'linkByEmail' | 'onLeave' | 'graceDays'> & {
  ownedFields: readonly string[];
};

const dayLengthMs = 86_400_000;

/**
 * Decides what synchronization does with one person. Pure: preview, manual, nightly and leaver runs all ask here.
 *
 * @param person everything known about him
 * @param settings the workspace's choices
 * @param now when the grace period of a leaver is measured
 */
export function decide(person: Person, settings: DecisionSettings, now: Date): Decision {
  const stays = withheld(person);
  if (stays !== null) return stays;
  const decided = withGroups(
    person,
    person.directoryUser?.active === true
      ? decideActive(person, settings)
      : decideLeaver(person, settings, now),
  );
  // An undo or a rejection sticks until the identity provider sends something newer than this.
  if (decided.kind !== 'nothing')
    decided.reason.params.directoryVersion = person.directoryUser?.version ?? null;
  return decided;
}

/** The same decision, kept back by the removal guard until an admin says yes or no. */
export function hold(decision: Decision, limit: { used: number; allowed: number }): Decision {
  const reason: Reason = {
    code: 'removal-guard',
    params: {
      kind: decision.kind,
      cause: decision.reason.code,
      used: limit.used,
      allowed: limit.allowed,
      directoryVersion: decision.reason.params.directoryVersion,
    },
  };
  const link = decision.link && { ...decision.link, state: 'held' as const, reason, suppressedKind: null };
  return { ...decision, kind: 'held', reason, link, member: null, groups: null, removal: false };
}

/**
 * The person as a conflict, because the database refuses what was decided. Of the decision nothing is left to be written,
 * and with `keepsLink` not even that it is a conflict.
 */
export function refuse(person: Person, decided: Decision, { reference, keepsLink }: Refusal): Decision {
  const reason: Reason = {
    code: 'write-refused',
    params: { reference, kind: decided.kind, directoryVersion: person.directoryUser?.version ?? null },
  };
  const known = person.link ?? { memberId: null, externalId: null, name: nameOf(person) };
  const link: LinkState = { ...known, state: 'conflict', reason, suppressedKind: null };
  return {
    ...decided,
    kind: 'conflict',
    fields: [],
    reason,
    memberId: person.member?.id ?? null,
    member: null,
    groups: null,
    link: keepsLink ? person.link : link,
    removal: false,
    how: 'conflict',
  };
}

/** Excluded for good; suppressed until the identity provider says something newer; held until an admin decides. */
function withheld(person: Person): Decision | null {
  const { link, directoryUser, member } = person;
  if (link === null || link.reason === null) return null;
  const stays = { fields: [], reason: link.reason, member: null, link };
  if (link.state === 'excluded') return decision(person, { kind: 'excluded', ...stays, how: 'excluded' });
  if (link.state === 'suppressed' && !isOutdated(link.reason, person)) {
    return decision(person, { kind: 'suppressed', ...stays, how: 'suppressed' });
  }
  if (link.state === 'held' && directoryUser?.active !== true && member?.status === 'active') {
    return decision(person, {
      kind: 'held',
      ...stays,
      fields: [leaves('active', 'deactivated')],
      how: 'held',
    });
  }
  return null;
}

/** Whether the identity provider has sent something newer about the person; of mere memberships their groups tell. */
function isOutdated({ params }: Reason, { directoryUser, groups }: Person): boolean {
  if (params.directoryVersion !== (directoryUser?.version ?? null)) return true;
  return params.directoryGroups !== undefined && params.directoryGroups !== stampOf(groups);
}

function decideActive(person: Person, settings: DecisionSettings): Decision {
  const chosen = chooseMember(person, settings);
  if (chosen.kind === 'conflict') {
    const link: LinkState = {
      ...freshLink(person, person.member?.id ?? null),
      state: 'conflict',
      reason: chosen.reason,
    };
    return decision(person, { kind: 'conflict', fields: [], reason: chosen.reason, link, how: 'conflict' });
  }
  const creating = chosen.kind === 'create';
  const before = creating ? blankMember(person) : chosen.member;
  const adopting = !creating && (chosen.how === 'same-email' || chosen.how === 'linked-by-admin');
  const { after, fields, notes } = mergeMapped(before, person, {
    creating,
    keepEmail: adopting,
    ownedFields: settings.ownedFields,
  });
  const link = freshLink(person, after.id);
  if (creating) {
    const reason = { code: 'new-person', params: notes };
    return decision(person, { kind: 'create', fields, reason, member: after, link, how: 'nobody' });
  }
  const returns = before.status !== 'active';
  if (returns) fields.unshift({ field: 'status', before: before.status, after: 'active' });
  const common = { fields, link, how: chosen.how };
  if (adopting) {
    const params = { ...notes, source: before.source, email: before.email };
    return decision(person, { kind: 'link', reason: { code: chosen.how, params }, member: after, ...common });
  }
  if (returns) {
    const reason = { code: chosen.how === 'returner' ? 'returner' : 'reactivated', params: notes };
    return decision(person, { kind: 'reactivate', reason, member: after, ...common });
  }
  if (chosen.how === 'returner') {
    return decision(person, {
      kind: 'link',
      reason: { code: 'returner', params: notes },
      member: after,
      ...common,
    });
  }
  if (fields.length > 0) {
    const reason = { code: 'attributes-changed', params: notes };
    return decision(person, { kind: 'update', reason, member: after, ...common });
  }
  const bookkeeping = JSON.stringify(after) === JSON.stringify(before) ? null : after;
  return nothing(person, { code: 'in-step', params: notes }, { member: bookkeeping, ...common });
}

function decideLeaver(person: Person, settings: DecisionSettings, now: Date): Decision {
  const { member, directoryUser } = person;
  if (member === null) {
    const { former } = person;
    const code = former !== null ? 'released' : directoryUser === null ? 'gone' : 'inactive-never-linked';
    const params = former === null ? {} : { name: memberName(former.member), by: former.givenBy };
    return nothing(person, { code, params }, { link: null, how: 'nobody' });
  }
  const link = freshLink(person, member.id);
  if (person.hasHeir) return nothing(person, { code: 'came-back', params: {} }, { link, how: 'came-back' });
  if (member.status === 'active') return decideLeaving(person, member, link, settings, now);
  if (member.status === 'removed') {
    return nothing(person, { code: 'already-left', params: {} }, { link });
  }
  return decideGrace(person, member, link, settings, now);
}

/** A deactivated member whose directory user left: when he is removed, if ever, is what the settings say today. */
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
  // Who left while the setting was another one has his whole grace period still before him.
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
    how: 'stored-link',
  });
}

function graceEnd(settings: DecisionSettings, now: Date): string {
  return new Date(now.getTime() + settings.graceDays * dayLengthMs).toISOString();
}

/** An active member whose directory user left: switched off, or removed at once where no grace period is set. */
function decideLeaving(
  person: Person,
  member: MemberState,
  link: LinkState,
  settings: DecisionSettings,
  now: Date,
): Decision {
  const code = person.directoryUser === null ? 'leaver-deleted' : 'leaver-deactivated';
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
    how: 'stored-link',
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
    member: null,
    link: person.link,
    groups: null,
    removal: false,
    how: 'stored-link',
    ...what,
  };
}
