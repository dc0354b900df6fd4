import { codedFault, type InputFault } from '../../errors/domain-errors.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { readEmailAddress } from '../fields/email-address.ts';
import { applyMemberInput, foreignFields, ownedFields } from '../members/member-change.ts';
import type { MemberCsvRow } from './member-csv.ts';
import { type MemberInput, missing, newMemberFaults } from '../members/member-input.ts';
import type { MemberRow } from '../members/member-row.ts';
import type { Property } from '../properties/property-row.ts';

/** A row of a file whose cells were read. */
export interface ImportRow extends Pick<MemberCsvRow, 'line' | 'id' | 'externalId' | 'managerEmail'> {
  input: MemberInput;
  /** Paths whose values could not be read. */
  faulty: ReadonlySet<string>;
}

/** A member who is there already, as far as a file may name them. */
export type KnownMember = MemberRow & { emailKey: string; externalId: string | null };

/** What a plan is made of. */
export interface ImportScene {
  rows: readonly ImportRow[];
  /** Every member that a row may mean: by id, by externalId, by address. */
  known: readonly KnownMember[];
  /** The ids of members by the key of their address, as far as rows name them as managers. */
  managers: ReadonlyMap<string, string>;
  properties: readonly Property[];
  updates: boolean;
  /** Whether user provisioning is active, so that what it filled is not to be changed. */
  isProvisioning: boolean;
  newRow: () => MemberRow;
  /** Whether the file may say of a row that could not be read that it has this address. */
  mayHold: (addressKey: string) => boolean;
}

/** What is to be written for a row. */
export interface PlannedMember {
  line: number;
  /** The member as they are; null for a new one. */
  before: MemberRow | null;
  after: MemberRow;
  /** Names of what differs; null for a new member. */
  changed: string[] | null;
}

/** What an import would do, and everything that keeps it from doing it. Pure. */
export function planImport(scene: ImportScene): { planned: PlannedMember[]; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const find = finder(scene.known);
  const knownIds = new Set(scene.known.map(({ id }) => id));
  const lines = new Map<string, number>();
  const drafts = scene.rows.map((row) => {
    const fault = (given: InputFault) => faults.push(atLine(row.line, given));
    const found = scene.updates ? find(row) : null;
    const earlier = found && lines.get(found.id);
    if (found) lines.set(found.id, earlier ?? row.line);
    if (earlier) {
      const path = row.id !== null ? 'id' : row.externalId !== null ? 'externalId' : 'email';
      const message = `means the member of line ${earlier}`;
      fault(codedFault(path, 'member-twice', message, { line: earlier }));
    }
    const unclear = scene.updates ? referenceFault(row, found, scene.known) : null;
    if (unclear) fault(unclear);
    for (const each of found || unclear ? [] : newRowFaults(row, scene, knownIds)) fault(each);
    const { after, changed } = applyMemberInput(found ?? scene.newRow(), inputFor(found, row));
    return { row, found, after, changed };
  });
  const ids = new Map(
    drafts.map(({ row, after }) => [foldCase(after.email) || `line ${row.line}`, after.id]),
  );
  const planned = drafts.map(({ row, found, after, changed }): PlannedMember => {
    const managerKey = row.managerEmail && foldCase(readEmailAddress(row.managerEmail) ?? row.managerEmail);
    const managerId = managerKey && (ids.get(managerKey) ?? scene.managers.get(managerKey));
    if (managerKey && !managerId && scene.mayHold(managerKey)) {
      // Whether the manager is there is known when the file can be read.
    } else if (managerKey && (!managerId || managerId === after.id)) {
      const message = 'is the address of no other member';
      faults.push(atLine(row.line, codedFault('managerEmail', 'no-other-member', message)));
    } else if (managerId && managerId !== after.managerId) {
      after.managerId = managerId;
      if (!changed.includes('managerId')) changed.push('managerId');
    }
    if (found) faults.push(...ownershipFaults(row.line, found, changed, scene));
    return { line: row.line, before: found, after, changed: found && changed };
  });
  faults.push(...addressFaults(planned, scene.known, drafts));
  return { planned, faults };
}

/**
 * What a row says of the member that it means: another spelling of the address by which they are found is no change of it.
 */
function inputFor(found: KnownMember | null, row: ImportRow): MemberInput {
  if (found?.emailKey !== keyOf(row)) return row.input;
  return { ...row.input, fields: { ...row.input.fields, email: found.email } };
}

/** Which member a row means: by id, else by an externalId that one member has, else by address. */
function finder(known: readonly KnownMember[]): (row: ImportRow) => KnownMember | null {
  const byId = new Map(known.map((member) => [member.id, member]));
  const byAddress = new Map(known.map((member) => [member.emailKey, member]));
  const byExternalId = new Map<string, KnownMember | null>();
  for (const member of known) {
    const { externalId } = member;
    if (externalId === null) continue;
    byExternalId.set(externalId, byExternalId.has(externalId) ? null : member);
  }
  return (row) =>
    (row.id && byId.get(row.id.toLowerCase())) ||
    (row.externalId && byExternalId.get(row.externalId)) ||
    byAddress.get(keyOf(row)) ||
    null;
}

/** An externalId of the row that belongs to another member than its id, or to several members without saying which. */
function referenceFault(
  row: ImportRow,
  found: KnownMember | null,
  known: readonly KnownMember[],
): InputFault | null {
  if (row.externalId === null || found?.externalId === row.externalId) return null;
  const holders = known.filter(({ externalId }) => externalId === row.externalId).length;
  if (holders === 0) return null;
  if (row.id !== null && found?.id === row.id.toLowerCase()) {
    return codedFault('externalId', 'two-members-meant', 'belongs to another member than the id of the row');
  }
  return holders > 1
    ? codedFault('externalId', 'external-id-shared', 'belongs to several members; name the member by id')
    : null;
}

function keyOf({ input }: ImportRow): string {
  return foldCase(input.fields.email ?? '');
}

/** What keeps a row from becoming a new member. */
function newRowFaults(row: ImportRow, scene: ImportScene, knownIds: ReadonlySet<string>): InputFault[] {
  const faults = newMemberFaults(row.input, scene.properties).filter(({ path }) => !row.faulty.has(path));
  if (!row.faulty.has('email') && (row.input.fields.email ?? null) === null) faults.push(missing('email'));
  if (scene.updates) {
    const path = row.id === null ? 'externalId' : 'id';
    const names = row.id ?? row.externalId;
    if (names !== null) faults.push(codedFault(path, 'no-member', 'is the id of no member'));
  } else if (row.id !== null && knownIds.has(row.id.toLowerCase())) {
    faults.push(
      codedFault('id', 'member-known', 'is the id of a member; ask for existing members to be updated'),
    );
  }
  return faults;
}

/** What of a change concerns fields that provisioning fills. */
function ownershipFaults(
  line: number,
  row: MemberRow,
  changed: readonly string[],
  { properties, isProvisioning }: ImportScene,
): InputFault[] {
  const owned = new Set([
    ...(isProvisioning ? ownedFields(row, changed) : []),
    ...foreignFields(changed, properties),
  ]);
  return [...owned].map((name) => {
    const path = name === 'managerId' ? 'managerEmail' : name;
    return atLine(line, codedFault(path, 'provisioned-only', 'is filled by user provisioning alone'));
  });
}

/** Addresses that two would have: two rows, or a row and a member who keeps theirs. */
function addressFaults(
  planned: readonly PlannedMember[],
  known: readonly KnownMember[],
  drafts: readonly { row: ImportRow }[],
): InputFault[] {
  const written = new Set(planned.map(({ after }) => after.id));
  const keepers = new Map(known.map((member) => [member.emailKey, member.id]));
  const rows = new Map<string, PlannedMember>();
  const faults: InputFault[] = [];
  for (const [at, one] of planned.entries()) {
    const { line, after } = one;
    const key = foldCase(after.email);
    if (key === '' || drafts[at]?.row.faulty.has('email')) continue;
    const earlier = rows.get(key);
    const keeper = keepers.get(key);
    if (earlier !== undefined && earlier.after.id !== after.id) {
      const message = `is on line ${earlier.line} already`;
      faults.push(atLine(line, codedFault('email', 'address-twice', message, { line: earlier.line })));
    } else if (keeper !== undefined && keeper !== after.id && !written.has(keeper)) {
      faults.push(atLine(line, codedFault('email', 'address-taken', 'is the address of another member')));
    }
    rows.set(key, earlier ?? one);
  }
  return faults;
}

/** A fault of a row, at its line: `line 3, email`. */
export function atLine(line: number, fault: InputFault): InputFault {
  return { ...fault, path: `line ${line}, ${fault.path}` };
}
