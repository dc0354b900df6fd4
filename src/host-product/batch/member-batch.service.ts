import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../database/clock.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { parameter, sql } from '../../database/sql.ts';
import { ConstraintErrors } from '../../errors/constraint-errors.ts';
import { isDataError } from '../../errors/data-error.ts';
import { codedFault } from '../../errors/domain-errors.ts';
import { knownErrorOf } from '../../errors/known-error.ts';
import type { Author } from '../../member-directory/events/author.ts';
import { MemberEvents, typeOfChange } from '../../member-directory/events/member-events.ts';
import type { PlannedMember } from '../../member-directory/import-export/import-plan.ts';
import { insertImported, updateImported } from '../../member-directory/import-export/import-statements.ts';
import { changesBetween } from '../../member-directory/members/member-change.ts';
import { emailTaken } from '../../member-directory/members/member-constraints.ts';
import { readMemberInput } from '../../member-directory/members/member-input.ts';
import { type MemberRow, memberSelectList, newMemberRow } from '../../member-directory/members/member-row.ts';
import { lockSeatRoom } from '../../member-directory/members/seats.ts';
import { unknownMembers } from '../../member-directory/members/member-statements.ts';
import type { Property } from '../../member-directory/properties/property-row.ts';
import { propertiesOf } from '../../member-directory/properties/property-statements.ts';
import { queuePeopleOf } from '../../sync-queue/queue-people.ts';
import { Quotas } from '../../workspaces/quotas.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { emailKeyOf } from '../members/find-members.ts';
import { withManagerIds } from '../members/manager-reference.ts';
import { planBatch, type PlannedLine, type ReadDraft } from './plan-batch.ts';
import type { Draft } from './read-line.ts';

/** How often lines begin again because others wrote the same members meanwhile. */
const attemptsMax = 5;

/** What became of a line; the error of a refused one is still to be worded. */
export type LineResult =
  | { line: number; outcome: 'created' | 'updated' | 'unchanged'; memberId: string }
  | { line: number; outcome: 'refused'; error: unknown };

/** Writes the members of some lines of a batch. */
@Injectable()
export class MemberBatchService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly workspaces: WorkspacesService,
    private readonly constraints: ConstraintErrors,
    private readonly quotas: Quotas,
  ) {}

  /**
   * Makes, changes or leaves the members of lines, of which no two have the same id or address, in one transaction. A line
   * that the database refuses is found by halves, and refused alone.
   *
   * @returns what became of each line, in their order
   * @throws whatever is not the fault of a line, e.g. that the database is away; nothing is written then
   */
  async write(author: Author, drafts: readonly Draft[]): Promise<LineResult[]> {
    if (drafts.length === 0) return [];
    const results = await this.attempt(author, drafts, 1);
    return results.sort((one, other) => one.line - other.line);
  }

  private async attempt(author: Author, drafts: readonly Draft[], attempt: number): Promise<LineResult[]> {
    const { state } = await this.workspaces.get(author.workspaceId);
    try {
      const { results, slower } = await this.dataSource.transaction((manager) =>
        this.writeWithin(manager, author, drafts, state === 'active'),
      );
      if (slower.length === 0) return results;
      const again = drafts.filter(({ line }) => slower.includes(line));
      if (attempt < attemptsMax) return [...results, ...(await this.attempt(author, again, attempt + 1))];
      return [...results, ...again.map(({ line }) => refused(line, emailTaken()))];
    } catch (error) {
      if (!isDataError(error)) throw error;
      const [first] = drafts;
      if (drafts.length === 1 && first !== undefined) return [refused(first.line, this.meaningOf(error))];
      const middle = Math.floor(drafts.length / 2);
      return [
        ...(await this.attempt(author, drafts.slice(0, middle), attempt)),
        ...(await this.attempt(author, drafts.slice(middle), attempt)),
      ];
    }
  }

  /** @returns with what was done the lines whose new members others made meanwhile */
  private async writeWithin(
    manager: EntityManager,
    author: Author,
    drafts: readonly Draft[],
    isProvisioning: boolean,
  ): Promise<{ results: LineResult[]; slower: number[] }> {
    const { workspaceId, actor, cause } = author;
    const db = dbOf(manager);
    const now = this.clock.now();
    // A run locks the seats first, then members.
    const seats = await lockSeatRoom(db, workspaceId);
    const properties = await propertiesOf(db, workspaceId);
    const planned = planBatch({
      drafts: await readValues(db, workspaceId, drafts, properties),
      known: await lockKnown(db, workspaceId, drafts),
      properties,
      isProvisioning,
      seats,
      newRow: () => newMemberRow(now, 'import'),
    });
    const lines = planned.filter((line): line is PlannedMember => !('refusal' in line));
    const updated = lines.filter(({ changed }) => changed !== null && changed.length > 0);
    // In one order, so that two batches of the same new members wait for each other instead of deadlocking.
    const fresh = lines.filter(({ changed }) => changed === null);
    const { room, refusal } = await this.quotas.roomFor(db, workspaceId, 'members', fresh.length);
    const beyond = new Map(fresh.slice(room).map(({ line }) => [line, refused(line, refusal)]));
    const wanted = fresh.slice(0, room).sort(byExternalId);
    await updateImported(db, workspaceId, updated, now);
    const slower = await insertImported(db, workspaceId, wanted, now);
    const created = wanted.filter(({ line }) => !slower.includes(line));
    const concerned = [...created, ...updated.filter(({ changed }) => concernsPeople(changed))];
    const ids = concerned.map(({ after }) => after.id);
    if (ids.length > 0) await queuePeopleOf(dbOf(manager), workspaceId, ids, 'member', now);
    if (created.length + updated.length > 0) {
      const details = { created: created.length, updated: updated.length };
      await this.audit.record(manager, { workspaceId, actor, action: 'members.imported', details });
    }
    const events = new MemberEvents(cause);
    for (const { after } of created) events.member('member.created', after.id);
    for (const { before, after, changed } of updated) {
      if (before === null || changed === null) continue;
      const type = typeOfChange(before.status, after.status);
      events.member(type, after.id, changesBetween(before, after, changed));
    }
    events.append(db, workspaceId, now);
    const done = planned.filter(({ line }) => !slower.includes(line));
    return { results: done.map((line) => beyond.get(line.line) ?? resultOf(line)), slower };
  }

  private meaningOf(error: unknown): unknown {
    return this.constraints.errorOf(error) ?? knownErrorOf(error) ?? error;
  }
}

/** Every member who has an id or an address of the lines; others wait before they change one of them. */
async function lockKnown(db: Db, workspaceId: string, drafts: readonly Draft[]): Promise<MemberRow[]> {
  const externalIds = drafts.map(({ body }) => body.externalId);
  const keys = drafts.flatMap(({ body: { email } }) =>
    typeof email === 'string' ? [emailKeyOf(email)] : [],
  );
  const workspace = parameter(workspaceId);
  const { rows } = await db.run(
    sql<MemberRow>`SELECT ${memberSelectList(workspace)} FROM member m
     WHERE m.workspace_id = ${workspace} AND m.id = ANY (ARRAY(
       SELECT id FROM member WHERE workspace_id = ${workspace} AND vendor_id = ANY (${externalIds}::text[])
       UNION SELECT id FROM member
       WHERE workspace_id = ${workspace} AND email_key = ANY (${keys}::text[]) AND status <> 'removed'))
     ORDER BY m.id FOR UPDATE OF m`,
  );
  return rows;
}

/** The lines with their values in stored form, and what is wrong with them. */
async function readValues(
  db: Db,
  workspaceId: string,
  drafts: readonly Draft[],
  properties: readonly Property[],
): Promise<ReadDraft[]> {
  const bodies = await withManagerIds(
    db,
    workspaceId,
    drafts.map(({ body }) => body),
  );
  const read = drafts.map((draft, at) => {
    const { externalId: _externalId, status: _status, ...values } = bodies[at] ?? draft.body;
    return { draft, ...readMemberInput(values, properties) };
  });
  const references = read.flatMap(({ references: own }, at) =>
    own.map(({ memberId, path }) => ({ memberId, path: `${at} ${path}` })),
  );
  const unknown = await unknownMembers(db, workspaceId, references);
  return read.map(({ draft, input, faults }, at) => {
    const own = unknown.flatMap(({ path, ...fault }) => {
      const [line, ...rest] = path.split(' ');
      return line === String(at) ? [{ ...fault, path: rest.join(' ') }] : [];
    });
    if (input.fields.email === null) {
      faults.push(codedFault('email', 'not-an-email-address', 'must be an e-mail address'));
    }
    return { ...draft, input, faults: [...faults, ...own] };
  });
}

function byExternalId({ after: one }: PlannedMember, { after: other }: PlannedMember): number {
  return (one.vendorId ?? '') < (other.vendorId ?? '') ? -1 : 1;
}

function concernsPeople(changed: readonly string[] | null): boolean {
  return changed !== null && (changed.includes('email') || changed.includes('status'));
}

function resultOf(line: PlannedLine): LineResult {
  if ('refusal' in line) return refused(line.line, line.refusal);
  const { changed, after } = line;
  const outcome = changed === null ? 'created' : changed.length > 0 ? 'updated' : 'unchanged';
  return { line: line.line, outcome, memberId: after.id };
}

function refused(line: number, error: unknown): LineResult {
  return { line, outcome: 'refused', error };
}
