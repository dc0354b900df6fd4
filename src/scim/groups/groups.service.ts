import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../../config/config.ts';
import { Clock } from '../../database/clock.ts';
import { Quotas } from '../../workspaces/quotas.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import type { Db } from '../../database/db.ts';
import { dbOf } from '../../database/db-of.ts';
import { newId } from '../../database/ids.ts';
import { InLane } from '../../database/lanes/task.ts';
import { QuickReads } from '../../database/quick-reads.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { isUuid } from '../../database/uuid.ts';
import { diffResources } from '../../scim-core/diff.ts';
import { parseListRequest } from '../../scim-core/list-request.ts';
import { applyPatch } from '../../scim-core/patch/apply-patch.ts';
import { splitMembership, type MembershipOperation } from '../../scim-core/patch/membership.ts';
import { notesOf, parsePatch } from '../../scim-core/patch/patch-request.ts';
import { wants, type Projection } from '../../scim-core/projection.ts';
import { JsonText } from '../../scim-core/messages.ts';
import type { ReadingNote } from '../../scim-core/reading-note.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { groupResourceType } from '../../scim-core/resource-types.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { keepUnread } from '../../scim-core/unread-values.ts';
import { groupLocation, groupRepresentation } from './group-representation.ts';
import { findGroup, listGroups, type GroupRow } from './group-statements.ts';
import { GroupWrites } from './group-writes.ts';
import { parseGroup } from './parse-group.ts';
import { updateGroup } from './update-group.ts';
import { listedGroups, pageAnswer, pageRequest } from '../lists/page.ts';
import { etagOf, projectedJson, storedResource } from '../protocol/representation.ts';
import {
  checkPrecondition,
  projectionOf,
  scimBaseUrl,
  writeUntilUnopposed,
} from '../protocol/resource-request.ts';
import { noContent, ScimAnswer } from '../protocol/scim-answer.ts';
import { DirectoryRecounts } from '../directory/directory-recounts.ts';
import { type ChangedResource, checkSize, withinSize } from '../directory/resource-size.ts';
import { noteOn, type ScimRequest } from '../protocol/scim-request.ts';

/**
 * What the identity provider does with groups: the use cases of `/scim/v2/Groups` (RFC 7644 §3). The people of a group
 * are queued in the statements that write the group.
 */
@Injectable()
export class GroupsService {
  private readonly baseUrl: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly db: StatementPool,
    private readonly writes: GroupWrites,
    private readonly quickReads: QuickReads,
    private readonly clock: Clock,
    private readonly seal: CursorSeal,
    private readonly quotas: Quotas,
    private readonly recounts: DirectoryRecounts,
    config: Config,
  ) {
    this.baseUrl = scimBaseUrl(config);
  }

  /** `GET /Groups`, `POST /Groups/.search`: a ListResponse of what the filter selects; no match is 200 and empty. */
  @InLane('list')
  async list(request: ScimRequest, query: unknown): Promise<ScimAnswer> {
    const list = parseListRequest(query, groupResourceType);
    const page = pageRequest(this.seal, request.workspaceId, list, listedGroups);
    const withMembers = wants(list.projection, 'members');
    const quick = withMembers ? this.db : this.quickReads.of(request.workspaceId);
    const readers = { quick, db: this.db, recounts: this.recounts };
    const found = await listGroups(readers, page, withMembers ? this.baseUrl : null);
    const represent = (row: GroupRow) => this.represent(row, list.projection).json;
    const answer = await pageAnswer(this.seal, request.workspaceId, list, 'Group', found, represent);
    return new ScimAnswer(200, answer);
  }

  /** `GET /Groups/{id}`. With `excludedAttributes=members`, the members are not read. */
  @InLane('report')
  async get(request: ScimRequest, id: string): Promise<ScimAnswer> {
    return this.answer(200, request, id, projectionOf(request, groupResourceType));
  }

  /** `POST /Groups`: 201. Two groups may have one `displayName`, and one `externalId` (RFC 7643 §3.1). */
  async create(request: ScimRequest): Promise<ScimAnswer> {
    const projection = projectionOf(request, groupResourceType);
    const { resource, members, notes } = parseGroup(request.body);
    noteOn(request, notes);
    const json = JSON.stringify(resource);
    checkSize(json, resource, null);
    const id = newId();
    const changes = diffResources({}, members === undefined ? resource : { ...resource, members });
    const event = { ...this.event(request), kind: 'created' as const, changes };
    const group = { id, resource, members: members ?? [], event };
    await this.quotas.within(request.workspaceId, 'groups', () =>
      this.writes.insert(request.workspaceId, group),
    );
    if (members !== undefined && members.length > 0) return this.answer(201, request, id, projection);
    // Nothing is known to the database alone, so it is not asked.
    const times = { created_at: event.at, modified_at: event.at };
    const row = { id, version: '1', ...times, json, members: wants(projection, 'members') ? '[]' : null };
    return this.answerWith(201, row, projection);
  }

  /** `PUT /Groups/{id}`: 200. `members` left out keeps them, `[]` clears them: some clients PUT only the name. */
  async replace(request: ScimRequest, id: string): Promise<ScimAnswer> {
    const projection = projectionOf(request, groupResourceType);
    const { resource, members, isPartial, notes } = parseGroup(request.body);
    noteOn(request, notes);
    // Members that could not be read may be in the group already, so nobody is taken out.
    const kind = isPartial ? 'add' : 'replace';
    const membership: MembershipOperation[] = members === undefined ? [] : [{ kind, members }];
    const changeOf = (stored: ScimResource) => ({
      resource: keepUnread(resource, stored, notes, groupResourceType),
    });
    await this.change(request, id, changeOf, membership);
    return this.answer(200, request, id, projection);
  }

  /**
   * `PATCH /Groups/{id}`: 204 with the new tag, or 200 with the resource when attributes were asked for. Members are
   * never loaded: adding one to a group of 100,000 costs as much as adding one to an empty group.
   */
  async patch(request: ScimRequest, id: string): Promise<ScimAnswer> {
    const projection = projectionOf(request, groupResourceType);
    const operations = parsePatch(request.body, groupResourceType);
    noteOn(request, notesOf(operations));
    const { attributes, membership } = splitMembership(operations);
    const [only] = membership;
    let version: string;
    const standsAlone = only && membership.length === 1 && attributes.length === 0 && !isReplacement(only);
    if (standsAlone && request.ifMatch === undefined) {
      version = await this.changeMembers(request, id, only);
    } else {
      let leftOut: readonly ReadingNote[] = [];
      const changeOf = (stored: ScimResource) => {
        const patched = applyPatch(stored, attributes, groupResourceType, id, membership.length > 0);
        const fitting = withinSize(patched.resource, stored, groupResourceType);
        leftOut = [...patched.notes, ...fitting.notes];
        return fitting;
      };
      version = await this.change(request, id, changeOf, membership);
      noteOn(request, leftOut);
    }
    const asksForAttributes =
      request.query.attributes !== undefined || request.query.excludedAttributes !== undefined;
    if (asksForAttributes) return this.answer(200, request, id, projection);
    return new ScimAnswer(204, null, etagOf(version), groupLocation(this.baseUrl, id.toLowerCase()));
  }

  /** `DELETE /Groups/{id}`: 204. */
  async remove(request: ScimRequest, id: string): Promise<ScimAnswer> {
    if (!isUuid(id)) throw unknownGroup(id);
    await writeUntilUnopposed(async () => {
      let version: string | null = null;
      if (request.ifMatch !== undefined) {
        ({ version } = await this.read(request.workspaceId, id, false));
        checkPrecondition(request.ifMatch, version);
      }
      const outcome = await this.writes.delete(
        this.db,
        request.workspaceId,
        id,
        version,
        this.event(request),
      );
      if (outcome === 'unknown') throw unknownGroup(id);
      if (outcome === 'deleted' || version !== null) return outcome === 'deleted' || null;
      return this.dataSource.transaction((manager) =>
        this.writes.deleteLocked(dbOf(manager), request.workspaceId, id, this.event(request)),
      );
    });
    return noContent;
  }

  /** One membership operation is one statement; the row locks order two that run at the same time. */
  private async changeMembers(
    request: ScimRequest,
    id: string,
    operation: MembershipOperation,
  ): Promise<string> {
    if (!isUuid(id)) throw unknownGroup(id);
    return writeUntilUnopposed(async () => {
      const event = this.event(request);
      const version = await this.writes.changeMembers(this.db, request.workspaceId, id, operation, event);
      if (version === null) throw unknownGroup(id);
      return version;
    });
  }

  /**
   * Changes attributes and members in one transaction, with the group's row locked: all of it happens, or nothing. Where rows
   * lie on several nodes, attributes alone are changed without one, which would be many commands, unless another write comes
   * first.
   *
   * @returns the group's new version
   */
  private async change(
    request: ScimRequest,
    id: string,
    changeOf: (stored: ScimResource) => ChangedResource,
    membership: readonly MembershipOperation[],
  ): Promise<string> {
    if (!isUuid(id)) throw unknownGroup(id);
    if (this.db.isDistributed && membership.length === 0) {
      const read = await this.read(request.workspaceId, id, false);
      const version = await this.store(this.db, request, read, changeOf);
      if (version !== null) return version;
    }
    return writeUntilUnopposed(() =>
      this.dataSource.transaction(async (manager) => {
        const db = dbOf(manager);
        const stored = await findGroup(db, request.workspaceId, id, null, true);
        if (stored === null) throw unknownGroup(id);
        let version = await this.store(db, request, stored, changeOf);
        for (const operation of membership) {
          const event = this.event(request);
          version =
            (await this.writes.changeMembers(db, request.workspaceId, id, operation, event)) ?? version;
        }
        return version;
      }),
    );
  }

  /** @returns the new version, that which was read when nothing changes, or null when another write came first */
  private async store(
    db: Db,
    request: ScimRequest,
    read: GroupRow,
    changeOf: (stored: ScimResource) => ChangedResource,
  ): Promise<string | null> {
    const { id, version } = read;
    checkPrecondition(request.ifMatch, version);
    const stored = storedResource(read);
    const { resource, json } = changeOf(stored);
    const changes = diffResources(stored, resource);
    if (changes.length === 0) return version;
    checkSize(json ?? JSON.stringify(resource), resource, stored);
    const event = { ...this.event(request), kind: 'updated' as const, changes };
    return updateGroup(db, request.workspaceId, id, { version, stored, resource, event });
  }

  /** A new history entry, noted as one of this request. */
  private event({ eventIds }: ScimRequest): { id: string; at: Date } {
    const id = newId();
    eventIds.push(id);
    return { id, at: this.clock.now() };
  }

  private async read(workspaceId: string, id: string, withMembers: boolean): Promise<GroupRow> {
    const db = withMembers ? this.db : this.quickReads.of(workspaceId);
    const row = isUuid(id) ? await findGroup(db, workspaceId, id, withMembers ? this.baseUrl : null) : null;
    if (row === null) throw unknownGroup(id);
    return row;
  }

  private async answer(
    status: number,
    request: ScimRequest,
    id: string,
    projection: Projection,
  ): Promise<ScimAnswer> {
    const row = await this.read(request.workspaceId, id, wants(projection, 'members'));
    return this.answerWith(status, row, projection);
  }

  private answerWith(status: number, row: GroupRow, projection: Projection): ScimAnswer {
    const { json, etag, location } = this.represent(row, projection);
    return new ScimAnswer(status, new JsonText(json), etag, location);
  }

  private represent(row: GroupRow, projection: Projection) {
    const whole = groupRepresentation(row, this.baseUrl);
    return { ...whole, json: projectedJson(whole.json, projection) };
  }
}

/** A replacement has to see all members that others have added, so it waits for the group's lock first. */
function isReplacement({ kind }: MembershipOperation): boolean {
  return kind === 'replace' || kind === 'replaceWhere';
}

function unknownGroup(id: string): ScimError {
  return ScimError.notFound(`Group ${id} does not exist.`);
}
