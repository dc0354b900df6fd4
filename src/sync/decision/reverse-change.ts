import { isDeepStrictEqual } from 'node:util';
import { foldCase } from '../../scim-core/fold.ts';
import { setOwn } from '../../scim-core/resource.ts';
import { groupsField, paramsOf, type Regrouping, regroupingOf } from './decide-groups.ts';
import type { ChangeKind, ChangeRow, FieldChange, Reason } from './change.ts';
import { managerField } from './merge-mapped.ts';
import type { MemberState } from './person.ts';

/** A change that was made, and the member as he is now. */
export interface MadeChange {
  kind: ChangeKind;
  fields: FieldChange[];
  reason: Reason;
  member: MemberState | null;
  /** Another run changed the person or the member afterwards. */
  changedSince: boolean;
}

/**
 * The change that takes another one back.
 *
 * @property unlinks the person and the member are two again
 * @property groups the groups that the member goes back to and leaves again
 */
export interface MadeReversal {
  kind: ChangeKind;
  fields: FieldChange[];
  member: MemberState;
  unlinks: boolean;
  groups: Regrouping;
}

/** The change that takes another one back; or why that one stays. */
export type Reversal = MadeReversal | { kept: Reason };

const propertyPrefix = 'properties.';

/**
 * How a change is taken back: every field gets its value from before, as long as it still has the one that the
 * change gave it. Who was created is removed; who was adopted is let go again, and an undo that is taken back adopts them again.
 *
 * @param now when a member that is switched off again is said to have been
 */
export function reverseChange(change: MadeChange, now: Date): Reversal {
  const { member, reason } = change;
  const fieldsOfMember = change.fields.filter(({ field }) => field !== groupsField);
  const touched = member === null || fieldsOfMember.some(({ field, after }) => !holds(member, field, after));
  const created = change.kind === 'create';
  if (member === null || change.changedSince || touched || (created && member.status !== 'active')) {
    return { kept: { code: 'changed-since', params: {} } };
  }
  const before: MemberState = { ...member, properties: { ...member.properties } };
  const fields = created
    ? [{ field: 'status', before: 'active', after: 'removed' }]
    : fieldsOfMember.map(turned);
  for (const { field, after } of fields) put(before, field, after);
  before.removalDueAt = null;
  before.deactivatedAt = before.status === 'active' ? null : now.toISOString();
  const unlinks = change.kind === 'link' && reason.code !== 'returner';
  const unlinked = reason.params.unlinked as Unlinked | undefined;
  if (unlinks) {
    // A member that provisioning had before, it has again.
    if (change.reason.params.source !== 'provisioning') before.provisionedFields = [];
    before.externalId = null;
  } else if (unlinked !== undefined) Object.assign(before, unlinked);
  const kind = kindOf(fields, unlinked !== undefined);
  const groupsBefore = groupFieldsBack(change.fields);
  return {
    kind,
    fields: [...fields, ...groupsBefore],
    member: before,
    unlinks,
    groups: regroupingBack(reason),
  };
}

/** What a member loses who is let go again. */
type Unlinked = Pick<MemberState, 'provisionedFields' | 'externalId'>;

function kindOf(fields: readonly FieldChange[], links: boolean): ChangeKind {
  const status = fields.find(({ field }) => field === 'status')?.after;
  if (status === 'removed') return 'remove';
  if (status === 'deactivated') return 'deactivate';
  if (links) return 'link';
  return status === 'active' ? 'reactivate' : 'update';
}

/** What was done at first, before anything was taken back. */
export function originalKindOf({ kind, reason }: Pick<MadeChange, 'kind' | 'reason'>): ChangeKind {
  return (reason.params.originalKind as ChangeKind | undefined) ?? kind;
}

/**
 * The change of an undo run as it is stored: with all that it takes to take it back itself.
 *
 * @param runId the run that is undone
 */
export function undoChange(
  change: MadeChange & { directoryUserId: string; name: string },
  { kind, fields, member, unlinks, groups }: MadeReversal,
  runId: string,
): ChangeRow {
  const { directoryVersion, directoryGroups } = change.reason.params;
  const params = {
    kind: change.kind,
    runId,
    originalKind: originalKindOf(change),
    ...(directoryVersion !== undefined && { directoryVersion }),
    ...(directoryGroups !== undefined && { directoryGroups }),
    ...(unlinks && change.member !== null && { unlinked: unlinkedOf(change.member) }),
    ...paramsOf(groups),
  };
  const { directoryUserId, name } = change;
  const reason = { code: 'undo', params };
  return { kind, directoryUserId, memberId: member.id, name, fields, reason, state: 'made' };
}

function unlinkedOf({ provisionedFields, externalId }: MemberState): Unlinked {
  return { provisionedFields, externalId };
}

/** The groups of a change, the other way round. */
export function groupFieldsBack(fields: readonly FieldChange[]): FieldChange[] {
  return fields.filter(({ field }) => field === groupsField).map(turned);
}

/** Where a member goes back to and what they leave again when a change with this reason is taken back. */
export function regroupingBack(reason: Reason): Regrouping {
  const { joined, left } = regroupingOf(reason);
  return { joined: left, left: joined };
}

function turned({ field, before, after }: FieldChange): FieldChange {
  return { field, before: after, after: before };
}

function holds(member: MemberState, field: string, value: unknown): boolean {
  if (field.startsWith(propertyPrefix)) {
    const key = field.slice(propertyPrefix.length);
    const held = Object.hasOwn(member.properties, key) ? member.properties[key] : null;
    return isDeepStrictEqual(held, value);
  }
  return isDeepStrictEqual((member as unknown as Record<string, unknown>)[field] ?? null, value);
}

const textFields = ['firstName', 'lastName', 'displayName', 'jobTitle', 'language'] as const;

function put(member: MemberState, field: string, value: unknown): void {
  if (field.startsWith(propertyPrefix)) {
    const key = field.slice(propertyPrefix.length);
    if (value === null) delete member.properties[key];
    else setOwn<unknown>(member.properties, key, value);
    return;
  }
  const text = typeof value === 'string' ? value : null;
  const textField = textFields.find((known) => known === field);
  if (textField !== undefined) member[textField] = text;
  else if (field === managerField) member.managerId = text;
  else if (field === 'status') member.status = value as MemberState['status'];
  else if (field === 'email' && text !== null) {
    member.email = text;
    member.emailKey = foldCase(text);
  }
}
