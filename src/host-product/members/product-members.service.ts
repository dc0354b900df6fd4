import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { dbOf } from '../../database/db-of.ts';
import { InLane } from '../../database/lanes/task.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { BadInputError, NotFoundError, PreconditionFailedError } from '../../errors/domain-errors.ts';
import { violatedConstraint } from '../../errors/failed-query.ts';
import type { Reference } from '../../http/endpoint/reference.ts';
import { cursorsOf, decodeCursor, type Page, pageOf } from '../../http/paging/page.ts';
import type { Precondition } from '../../http/request/precondition.ts';
import type { Author } from '../../member-directory/events/author.ts';
import { readChecked } from '../../member-directory/members/checked-input.ts';
import { missing } from '../../member-directory/members/member-input.ts';
import type { MemberRow } from '../../member-directory/members/member-row.ts';
import { MemberWriter, type MemberWrite } from '../../member-directory/members/member-writer.ts';
import { lockSeats } from '../../workspaces/seat-limit.ts';
import { WorkspacesService } from '../../workspaces/workspaces.service.ts';
import { findMembers, lockHolder, lockReferred, readMember } from './find-members.ts';
import { withManagerIds } from './manager-reference.ts';
import { heldBy } from './taken-address.ts';
import { taggedState } from './member-tag.ts';
import type {
  ProductMemberPageResponse,
  ProductMemberResponse,
  ProductMembersQuery,
  PutMemberDto,
} from './product-members.dto.ts';

/** How often an upsert begins again because another one of the same member was quicker. */
const upsertAttemptsMax = 5;

/** What keeps two members from being the same: a violation by a new member means that somebody else was quicker. */
const uniqueIndexes: ReadonlySet<string | null> = new Set(['member_vendor_id', 'member_email_key']);

/** A member after a write. */
export interface WrittenMember {
  member: ProductMemberResponse;
  isNew: boolean;
}

/** The members of a workspace, for the back end of the host product. */
@Injectable()
export class ProductMembersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly seal: CursorSeal,
    private readonly workspaces: WorkspacesService,
    private readonly writer: MemberWriter,
  ) {}

  /** The members that all of the query's values fit, by id. @throws BadInputError for a cursor of another list */
  @InLane('list')
  async list(workspaceId: string, query: ProductMembersQuery): Promise<ProductMemberPageResponse> {
    const cursors = cursorsOf(this.seal, 'product-members', workspaceId, query);
    const after = decodeCursor(cursors, query.cursor);
    const { rows } = await this.db.run(findMembers(workspaceId, query, after, query.limit + 1));
    const page: Page<{ data: ProductMemberResponse }> = pageOf(cursors, rows, query.limit, ({ id }) => id);
    return { ...page, items: page.items.map(({ data }) => data) };
  }

  /** One member, a removed one too. @throws NotFoundError */
  get(workspaceId: string, reference: Reference): Promise<ProductMemberResponse> {
    return readMember(this.db, workspaceId, reference);
  }

  /**
   * Makes a member be as the body says. Named by the vendor's own id, the member is made when there is none; a member
   * with the same address who has no such id yet gets it. What is left out stays; a removed member comes back.
   *
   * Two of these at once end as if one had come after the other.
   *
   * @throws NotFoundError for one of our ids that nobody has
   * @throws PreconditionFailedError
   * @throws BadInputError naming each value that does not fit
   * @throws ConflictError `email-taken`, `external-id-taken`, `field-provisioned`, `no-seat`
   */
  async put(
    author: Author,
    reference: Reference,
    body: PutMemberDto,
    precondition: Precondition,
  ): Promise<WrittenMember> {
    requireSameId(reference, body);
    const { state } = await this.workspaces.get(author.workspaceId);
    for (let attempt = 1; ; attempt += 1) {
      let creates = false;
      try {
        return await this.dataSource.transaction(async (manager) => {
          // A run locks the seats first, then members.
          await lockSeats(dbOf(manager), author.workspaceId);
          const row = await this.locked(manager, author.workspaceId, reference, body);
          creates = row === null;
          const isActive = state === 'active';
          return this.write(manager, author, { row, reference, body, precondition, isActive });
        });
      } catch (error) {
        const wasSlower = creates && uniqueIndexes.has(violatedConstraint(error));
        if (!wasSlower || attempt === upsertAttemptsMax) throw error;
      }
    }
  }

  /**
   * Removes a member, as an admin does; removing twice is no error.
   *
   * @throws NotFoundError, PreconditionFailedError
   * @throws ConflictError `member-provisioned` while synchronization would bring the member back
   */
  async remove(author: Author, reference: Reference, precondition: Precondition): Promise<void> {
    const { workspaceId } = author;
    const { state } = await this.workspaces.get(workspaceId);
    await this.dataSource.transaction(async (manager) => {
      const db = dbOf(manager);
      const row = await lockReferred(db, workspaceId, reference);
      if (row === null) throw new NotFoundError('member');
      if (precondition.isGiven) await checkTag(manager, workspaceId, row, precondition);
      await this.writer.remove(manager, author, row, state === 'active');
    });
  }

  /** The member that a write is about; null for one who is to be made. */
  private async locked(
    manager: EntityManager,
    workspaceId: string,
    reference: Reference,
    { email }: PutMemberDto,
  ): Promise<MemberRow | null> {
    const db = dbOf(manager);
    const row = await lockReferred(db, workspaceId, reference);
    if (row !== null) return row;
    if (reference.kind === 'id') throw new NotFoundError('member');
    const holder = typeof email === 'string' ? await lockHolder(db, workspaceId, email) : null;
    // Who has the same id now was made by another upsert between the two looks.
    const isOther = holder !== null && holder.vendorId !== null && holder.vendorId !== reference.externalId;
    if (isOther) throw heldBy(holder);
    return holder;
  }

  private async write(
    manager: EntityManager,
    author: Author,
    { row, reference, body, precondition, isActive }: Upsert,
  ): Promise<WrittenMember> {
    const { workspaceId } = author;
    if (precondition.isGiven) {
      if (row === null) throw new PreconditionFailedError();
      await checkTag(manager, workspaceId, row, precondition);
    }
    const { status, externalId, ...values } = body;
    const db = dbOf(manager);
    const [named = values] = await withManagerIds(db, workspaceId, [values]);
    const checked = await readChecked(db, workspaceId, named);
    const ownId = reference.kind === 'external' ? reference.externalId : externalId;
    const input = { ...checked.input, externalId: ownId };
    const write: MemberWrite = { ...checked, input, status: status ?? comeBack(row) };
    let id: string;
    if (row === null) {
      if (typeof input.fields.email !== 'string') throw new BadInputError([missing('email')]);
      ({ id } = await this.writer.create(manager, author, 'import', write));
    } else {
      ({ id } = await this.writer.change(manager, author, row, write, isActive));
    }
    return { member: await readMember(db, workspaceId, { kind: 'id', id }), isNew: row === null };
  }
}

/** One attempt to write a member. */
interface Upsert {
  row: MemberRow | null;
  reference: Reference;
  body: PutMemberDto;
  precondition: Precondition;
  isActive: boolean;
}

/** Who is written is there afterwards, unless the body says otherwise. */
function comeBack(row: MemberRow | null): 'active' | undefined {
  return row?.status === 'removed' ? 'active' : undefined;
}

/** What is there under one id of the vendor's cannot be given another one by the same request. */
function requireSameId(reference: Reference, { externalId }: PutMemberDto): void {
  if (reference.kind === 'id' || externalId === undefined || externalId === reference.externalId) return;
  const message =
    'externalId must be the id in the path, or be left out. To give the member another one, name the member by our id.';
  throw new BadInputError([{ path: 'externalId', message }]);
}

async function checkTag(
  manager: EntityManager,
  workspaceId: string,
  { id }: MemberRow,
  precondition: Precondition,
): Promise<void> {
  const member = await readMember(dbOf(manager), workspaceId, { kind: 'id', id });
  precondition.check(taggedState(member));
}
