import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { changesBetween } from '../members/member-change.ts';
import { byAdmin, MemberEvents } from '../events/member-events.ts';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import { dbOf } from '../../database/db-of.ts';
import { transactionOrDryRun } from '../../database/dry-run.ts';
import { InLane } from '../../database/lanes/task.ts';
import { BadInputError, codedFault, ConflictError, type InputFault } from '../../errors/domain-errors.ts';
import type { Session } from '../../workspaces/session.guard.ts';
import { Quotas } from '../../workspaces/quotas.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import type { CsvEncoding } from '../fields/csv-text.ts';
import { atLine, type ImportRow, planImport } from './import-plan.ts';
import { insertImported, readKnownMembers, readManagers, updateImported } from './import-statements.ts';
import { importFaultsMax, type MemberCsv, readMemberCsv } from './member-csv.ts';
import { type MemberReference, readMemberInput } from '../members/member-input.ts';
import { foldCase } from '../../scim-core/fold.ts';
import { lockSeatRoom, type SeatRoom } from '../members/seats.ts';
import { newMemberRow } from '../members/member-row.ts';
import { unknownMembers } from '../members/member-statements.ts';
import type { MemberImportResponse } from './member-files.dto.ts';
import type { Property } from '../properties/property-row.ts';
import { propertiesOf } from '../properties/property-statements.ts';
import { queuePeopleOf } from '../../sync-queue/queue-people.ts';

/** A file, and how it is to be imported. */
export interface MemberImport {
  text: string;
  encoding: CsvEncoding;
  /** Check everything, write nothing. */
  dryRun: boolean;
  /** Whether existing members are changed; otherwise each is a fault of its line. */
  updateExisting: boolean;
}

/** Adds and changes members from a CSV file: all of them, or none, with every fault and its line. */
@Injectable()
export class MemberImportService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
    private readonly quotas: Quotas,
  ) {}

  /**
   * @returns how many members were added, changed or left as they were (or would be), and how the file was understood
   * @throws BadInputError naming the first {@link importFaultsMax} faults, e.g. `line 3, email`; nothing is written
   * @throws ForbiddenError `quota-reached`
   * @throws ConflictError `too-few-seats` when it adds more members than there are free seats
   */
  @InLane('overhaul')
  async import(session: Session, file: MemberImport): Promise<MemberImportResponse> {
    const { state } = await this.workspaces.get(session.workspaceId);
    return transactionOrDryRun(this.dataSource, file.dryRun, (manager) =>
      this.importWithin(manager, session, file, state === 'active'),
    );
  }

  private async importWithin(
    manager: EntityManager,
    session: Session,
    { text, encoding, updateExisting }: MemberImport,
    isProvisioning: boolean,
  ): Promise<MemberImportResponse> {
    const { workspaceId } = session;
    const db = dbOf(manager);
    const now = this.clock.now();
    const seats = await lockSeatRoom(db, workspaceId);
    const properties = await propertiesOf(db, workspaceId);
    const csv = await readMemberCsv(text, { properties, updates: updateExisting });
    const { rows, references, faults } = readRows(csv, properties);
    const { planned, faults: found } = planImport({
      rows,
      known: await readKnownMembers(db, workspaceId, rows, updateExisting),
      managers: await readManagers(db, workspaceId, rows),
      properties,
      updates: updateExisting,
      isProvisioning,
      newRow: () => newMemberRow(now, 'import'),
      mayHold: addressesUnread(csv),
    });
    refuse([...csv.faults, ...faults, ...found, ...(await unknownMembers(db, workspaceId, references))]);
    const created = planned.filter(({ changed }) => changed === null);
    const updated = planned.filter(({ changed }) => changed !== null && changed.length > 0);
    if (created.length > 0) await this.quotas.require(db, workspaceId, 'members', created.length);
    if (seats !== null && created.length > seats.free) throw tooFewForFile(created.length, seats);
    await updateImported(db, workspaceId, updated, now);
    const taken = await insertImported(db, workspaceId, created, now);
    refuse(taken.map((line) => atLine(line, addressTaken)));
    const requeued = [...created, ...updated.filter(({ changed }) => changed?.includes('email'))];
    const ids = requeued.map(({ after }) => after.id);
    if (ids.length > 0) await queuePeopleOf(dbOf(manager), workspaceId, ids, 'member', now);
    const counts = { created: created.length, updated: updated.length };
    if (counts.created + counts.updated > 0) {
      await this.audit.byAdmin(manager, session, 'members.imported', undefined, counts);
    }
    const events = new MemberEvents(byAdmin);
    for (const { after } of created) events.member('member.created', after.id);
    for (const { before, after, changed } of updated) {
      events.member(
        'member.updated',
        after.id,
        before === null ? [] : changesBetween(before, after, changed ?? []),
      );
    }
    events.append(db, workspaceId, now);
    return {
      ...counts,
      unchanged: planned.length - created.length - updated.length,
      encoding,
      separator: csv.separator,
      ignoredColumns: csv.ignoredColumns,
    };
  }
}

/** A file adds all of its members or none. */
function tooFewForFile(wanted: number, { limit, free }: SeatRoom): ConflictError {
  return new ConflictError(
    'too-few-seats',
    `This file adds ${wanted} members, and ${free} of ${limit} seats are free. Leave ${wanted - free} of them out, deactivate or remove members, or ask the vendor for more seats.`,
    { limit, free, wanted },
  );
}

const addressTaken = codedFault('email', 'address-taken', 'is the address of another member');

function readRows(
  csv: MemberCsv,
  properties: readonly Property[],
): { rows: ImportRow[]; references: MemberReference[]; faults: InputFault[] } {
  const faults: InputFault[] = [];
  const references: MemberReference[] = [];
  const rows = csv.rows.map(({ line, values, unread, ...others }): ImportRow => {
    const read = readMemberInput(values, properties);
    faults.push(...read.faults.map((fault) => atLine(line, fault)));
    references.push(
      ...read.references.map((reference) => ({ ...reference, path: `line ${line}, ${reference.path}` })),
    );
    const faulty = new Set([...unread, ...read.faults.map(({ path }) => path)]);
    // The fault of the header says it once for all rows.
    if (csv.lacksAddresses) faulty.add('email');
    return { ...others, line, input: read.input, faulty };
  });
  return { rows, references, faults };
}

/** Whether a row that could not be read may have an address: all that stands in such rows is taken for one. */
function addressesUnread({ lacksAddresses, unread }: MemberCsv): (addressKey: string) => boolean {
  const words = new Set(foldCase(unread).split(/[\s,;"]+/u));
  return (addressKey) => lacksAddresses || words.has(addressKey);
}

/** @throws BadInputError for any fault, in the order of the lines */
function refuse(faults: readonly InputFault[]): void {
  if (faults.length === 0) return;
  const lineOf = ({ path }: InputFault) => Number(/^line (\d+)/u.exec(path)?.[1] ?? 0);
  const inOrder = faults.toSorted((one, other) => lineOf(one) - lineOf(other));
  throw new BadInputError(inOrder.slice(0, importFaultsMax), undefined, { faultsTotal: faults.length });
}
