import type { FieldChange } from '../../attribute-mapping/mapping/apply-mapped.ts';
import type { ChangeKind, NewChange, Regrouping } from '../decision/change.ts';
import { regroupingBack } from '../decision/decide-groups.ts';
import type { MemberState } from '../decision/person.ts';
import { groupFieldsBack } from '../decision/reverse-change.ts';
import type { RoleLedger } from '../decision/roles.ts';
import { withoutRole } from './undo-roles.ts';

/** A removal that is to be undone, and the member as it is now. */
export interface Lost {
  changeId: string;
  kind: ChangeKind;
  fields: FieldChange[];
  groups: Regrouping | null;
  directoryUserId: string;
  /** Null when the directory user was deleted. */
  directoryVersion: string | null;
  name: string;
  externalId: string | null;
  member: MemberState;
  /** Whether another member has the address by now; only removed members can have lost it. */
  addressTaken: boolean;
}

/** A removal that is undone, and the member with access again. */
export interface Returned {
  lost: Lost;
  member: MemberState;
  /** What changes beside the groups. */
  fields: FieldChange[];
}

/** Somebody with access again, in the role that they had if it is free. @param roles goes along */
export function returned(lost: Lost, roles: RoleLedger): Returned {
  const { member: before } = lost;
  const member: MemberState = { ...before, status: 'active', deactivatedAt: null, removalDueAt: null };
  const fields = [{ field: 'status', before: before.status, after: 'active' }];
  if (roles.lacksPlace(before, member)) return { lost, ...withoutRole(member, fields) };
  roles.note(before, member);
  return { lost, member, fields };
}

/** The change that undoes a removal. */
export function changeBack({ lost, fields: changed }: Returned): NewChange {
  const { directoryUserId, directoryVersion, kind, member, name, fields } = lost;
  return {
    kind: 'reactivate',
    directoryUserId,
    memberId: member.id,
    name,
    fields: [...changed, ...groupFieldsBack(fields)],
    reason: { code: 'brought-back', params: { kind } },
    basedOn: { version: directoryVersion, groups: null },
    waitsFor: null,
    groups: regroupingBack(lost),
    origin: 'bring-back',
    originalKind: null,
    unlinked: null,
    state: 'made',
  };
}
