import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { Change, ChangeKind, NewChange, Regrouping, StoredState, Unlinked } from './change.ts';
import { groupsField, regroupingBack } from './decide-groups.ts';
import { hasValue, setValue } from './member-fields.ts';
import type { LinkState, MemberState } from './person.ts';
import type { KeptReason } from './reason.ts';

/** A change that was made, and the member as it is now. */
export interface MadeChange extends Omit<Change, 'kind' | 'waitsFor'>, StoredState {
  kind: ChangeKind;
  member: MemberState | null;
  /** The person's link as it is now. */
  link: LinkState | null;
  /** Another run changed the person or the member afterwards, or holds their removal, or they are linked to others now. */
  changedSince: boolean;
}

/**
 * The change that undoes another one.
 *
 * @property unlinks the person and the member are two again
 * @property groups the groups that the member goes back to and leaves again
 */
export interface MadeReversal {
  kind: ChangeKind;
  fields: FieldChange[];
  member: MemberState;
  unlinks: boolean;
  groups: Regrouping | null;
}

/** The change that undoes another one; or why that one stays. */
export type Reversal = MadeReversal | { kept: KeptReason };

/**
 * How a change is undone: every field gets its value from before, as long as it still has the one that the change gave
 * it. A member that was created is removed; one that was adopted is let go, and undoing that adopts it again. Nobody who is
 * excluded gets access.
 *
 * @param now when a member that is switched off again is said to have been
 */
export function reverseChange(change: MadeChange, now: Date): Reversal {
  const { member, unlinked } = change;
  const fieldsOfMember = change.fields.filter(({ field }) => field !== groupsField);
  const touched =
    member === null || fieldsOfMember.some(({ field, after }) => !hasValue(member, field, after));
  const created = change.kind === 'create';
  if (member === null || change.changedSince || touched || (created && member.status !== 'active')) {
    return { kept: { code: 'changed-since', params: {} } };
  }
  const before: MemberState = { ...member, properties: { ...member.properties } };
  const fields = created
    ? [{ field: 'status', before: 'active', after: 'removed' }]
    : fieldsOfMember.map(turned);
  for (const { field, after } of fields) setValue(before, field, after);
  const getsAccess = before.status === 'active' && member.status !== 'active';
  if (getsAccess && change.link?.state === 'excluded') {
    return { kept: { code: 'excluded-stays-off', params: {} } };
  }
  before.removalDueAt = null;
  before.deactivatedAt = before.status === 'active' ? null : now.toISOString();
  const unlinks = change.kind === 'link' && change.origin !== 'returner';
  if (unlinks) {
    // A member that came from provisioning keeps what provisioning fills.
    if (member.source !== 'provisioning') before.provisionedFields = [];
    before.externalId = null;
  } else if (unlinked !== null) Object.assign(before, unlinked);
  return {
    kind: kindOf(fields, unlinked !== null),
    fields: [...fields, ...groupFieldsBack(change.fields)],
    member: before,
    unlinks,
    groups: regroupingBack(change),
  };
}

function kindOf(fields: readonly FieldChange[], links: boolean): ChangeKind {
  const status = fields.find(({ field }) => field === 'status')?.after;
  if (status === 'removed') return 'remove';
  if (status === 'deactivated') return 'deactivate';
  if (links) return 'link';
  return status === 'active' ? 'reactivate' : 'update';
}

/** What was done at first, before anything was undone. */
export function originalKindOf({
  kind,
  originalKind,
}: Pick<MadeChange, 'kind' | 'originalKind'>): ChangeKind {
  return originalKind ?? kind;
}

/**
 * The change of an undo run as it is stored, with all that it takes to undo it in turn.
 *
 * @param runId the run that is undone
 */
export function undoChange(
  change: MadeChange,
  { kind, fields, member, unlinks, groups }: MadeReversal,
  runId: string,
): NewChange {
  const { directoryUserId, name, basedOn } = change;
  return {
    kind,
    directoryUserId,
    memberId: member.id,
    name,
    fields,
    reason: { code: 'undo', params: { kind: change.kind, runId } },
    basedOn,
    waitsFor: null,
    groups,
    origin: 'undo',
    originalKind: originalKindOf(change),
    unlinked: unlinks && change.member !== null ? unlinkedOf(change.member) : null,
    state: 'made',
  };
}

function unlinkedOf({ provisionedFields, externalId }: MemberState): Unlinked {
  return { provisionedFields, externalId };
}

/** The groups of a change, the other way round. */
export function groupFieldsBack(fields: readonly FieldChange[]): FieldChange[] {
  return fields.filter(({ field }) => field === groupsField).map(turned);
}

function turned({ field, before, after }: FieldChange): FieldChange {
  return { field, before: after, after: before };
}
