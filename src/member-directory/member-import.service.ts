import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../database/clock.ts';
import { transactionOrDryRun } from '../database/dry-run.ts';
import { newId } from '../database/ids.ts';
import { BadInputError, codedFault, type InputFault } from '../errors/domain-errors.ts';
import { foldCase } from '../scim-core/fold.ts';
import type { Session } from '../workspaces/session.guard.ts';
import { readEmailAddress } from './email-address.ts';
import { importFaultsMax, type MemberCsvRow, readLongMemberCsv } from './member-csv.ts';
import {
  type MemberInput,
  type MemberReference,
  missing,
  newMemberFaults,
  readMemberInput,
} from './member-input.ts';
import { requireMembers } from './member-statements.ts';
import type { Property } from './property-row.ts';
import { propertiesOf } from './property-statements.ts';
import { queuePeopleOf } from './sync-queue.ts';
import { InLane } from '../database/lanes/task.ts';

interface ImportedMember {
  id: string;
  line: number;
  emailKey: string;
  managerKey: string | null;
  input: MemberInput;
}

/** Adds members from a CSV file: all of them, or none and every fault with its line. */
@Injectable()
export class MemberImportService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /**
   * @param csv the text of the file
   * @param dryRun whether everything is checked and nothing written
   * @returns how many members were made, or would be
   * @throws BadInputError naming each fault as `line 3, email`; nothing is written then
   */
  @InLane('overhaul')
  async import(session: Session, csv: string, dryRun = false): Promise<{ created: number }> {
    return transactionOrDryRun(this.dataSource, dryRun, async (manager) => {
      return { created: await this.importWithin(manager, session, csv) };
    });
  }

  private async importWithin(manager: EntityManager, session: Session, csv: string): Promise<number> {
    const { workspaceId, email } = session;
    const now = this.clock.now();
    const properties = await propertiesOf(manager, workspaceId);
    const rows = await readLongMemberCsv(csv, properties);
    const { members, references } = readMembers(rows, properties);
    if (members.length === 0) return 0;
    await requireMembers(manager, workspaceId, references);
    await insertMembers(manager, workspaceId, members, now);
    await linkManagers(manager, workspaceId, members);
    const ids = members.map((member) => member.id);
    await queuePeopleOf(manager, workspaceId, ids, 'member', now);
    await this.audit.record(manager, {
      workspaceId,
      actor: { kind: 'admin', email },
      action: 'members.imported',
      details: { created: ids.length },
    });
    return ids.length;
  }
}

function readMembers(
  rows: readonly MemberCsvRow[],
  properties: readonly Property[],
): { members: ImportedMember[]; references: MemberReference[] } {
  const faults: InputFault[] = [];
  const references: MemberReference[] = [];
  const lines = new Map<string, number>();
  const members = rows.map((row): ImportedMember => {
    const read = readMemberInput(row.values, properties);
    const named = new Set(read.faults.map(({ path }) => path));
    const more = newMemberFaults(read.input, properties).filter(({ path }) => !named.has(path));
    faults.push(...[...read.faults, ...more].map((fault) => at(row.line, fault)));
    references.push(
      ...read.references.map((reference) => ({ ...reference, path: pathAt(row.line, reference.path) })),
    );
    const emailKey = foldCase(read.input.fields.email ?? '');
    const earlier = lines.get(emailKey);
    if (read.input.fields.email === null) faults.push(at(row.line, missing('email')));
    else if (emailKey !== '' && earlier !== undefined) {
      const message = `is on line ${earlier} already`;
      faults.push(at(row.line, codedFault('email', 'address-twice', message, { line: earlier })));
    }
    lines.set(emailKey, row.line);
    const managerKey =
      row.managerEmail === null ? null : foldCase(readEmailAddress(row.managerEmail) ?? row.managerEmail);
    return { id: newId(), line: row.line, emailKey, managerKey, input: read.input };
  });
  refuse(faults);
  return { members, references };
}

async function insertMembers(
  manager: EntityManager,
  workspaceId: string,
  members: readonly ImportedMember[],
  now: Date,
): Promise<void> {
  const rows = members.map(({ id, emailKey, input: { fields, properties } }) => ({
    id,
    email_key: emailKey,
    email: fields.email,
    first_name: fields.firstName,
    last_name: fields.lastName,
    display_name: fields.displayName,
    job_title: fields.jobTitle,
    language: fields.language,
    properties,
  }));
  const inserted = await manager.query<{ id: string }[]>(
    `INSERT INTO member (workspace_id, id, email, email_key, first_name, last_name, display_name, job_title, language,
       properties, status, source, created_at, updated_at)
     SELECT $1, r.id, r.email, r.email_key, r.first_name, r.last_name, r.display_name, r.job_title, r.language,
       r.properties, 'active', 'import', $3, $3
     FROM jsonb_to_recordset($2) AS r (id uuid, email text, email_key text, first_name text, last_name text,
       display_name text, job_title text, language text, properties jsonb)
     ON CONFLICT (workspace_id, email_key) WHERE status <> 'removed' DO NOTHING
     RETURNING id`,
    [workspaceId, JSON.stringify(rows), now],
  );
  const made = new Set(inserted.map((row) => row.id));
  refuse(
    members
      .filter((member) => !made.has(member.id))
      .map(({ line }) => at(line, codedFault('email', 'address-taken', 'is the address of another member'))),
  );
}

/** Managers may stand on a later line than the people they manage, so they are found when everyone is there. */
async function linkManagers(
  manager: EntityManager,
  workspaceId: string,
  members: readonly ImportedMember[],
): Promise<void> {
  const managed = members.filter((member) => member.managerKey !== null);
  if (managed.length === 0) return;
  const linked = await manager.query<{ id: string }[]>(
    `WITH linked AS (
       UPDATE member m SET manager_id = boss.id
       FROM unnest($2::uuid[], $3::text[]) AS r (id, email_key)
       JOIN member boss ON boss.workspace_id = $1 AND boss.email_key = r.email_key AND boss.status <> 'removed'
       WHERE m.workspace_id = $1 AND m.id = r.id AND boss.id <> m.id
       RETURNING m.id
     ) SELECT id FROM linked`,
    [workspaceId, managed.map((member) => member.id), managed.map((member) => member.managerKey)],
  );
  const found = new Set(linked.map((row) => row.id));
  refuse(
    managed
      .filter((member) => !found.has(member.id))
      .map(({ line }) =>
        at(line, codedFault('managerEmail', 'no-other-member', 'is the address of no other member')),
      ),
  );
}

function refuse(faults: readonly InputFault[]): void {
  if (faults.length > 0) throw new BadInputError(faults.slice(0, importFaultsMax));
}

function at(line: number, fault: InputFault): InputFault {
  return { ...fault, path: pathAt(line, fault.path) };
}

function pathAt(line: number, path: string): string {
  return `line ${line}, ${path}`;
}
