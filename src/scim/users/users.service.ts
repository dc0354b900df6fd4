import { Injectable } from '@nestjs/common';
import { laneTopic } from '../../workspaces/lane-topic.ts';
import { CommitNotes } from '../../database/commit-notes.ts';
import { Config } from '../../config/config.ts';
import { isTakenBack } from '../../database/after-deadlock.ts';
import { Clock } from '../../database/clock.ts';
import { CursorSeal } from '../../database/cursor-seal.ts';
import { newId } from '../../database/ids.ts';
import { InLane } from '../../database/lanes/task.ts';
import { QuickReads } from '../../database/quick-reads.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { isUuid } from '../../database/uuid.ts';
import { violatedConstraint } from '../../errors/failed-query.ts';
import { diffResources } from '../../scim-core/diff.ts';
import { parseListRequest } from '../../scim-core/list-request.ts';
import { parseResource } from '../../scim-core/parse-resource.ts';
import { JsonText } from '../../scim-core/messages.ts';
import { applyPatch } from '../../scim-core/patch/apply-patch.ts';
import { notesOf, parsePatch } from '../../scim-core/patch/patch-request.ts';
import { wants, type Projection } from '../../scim-core/projection.ts';
import type { ReadingNote } from '../../scim-core/reading-note.ts';
import type { ScimResource } from '../../scim-core/resource.ts';
import { userResourceType } from '../../scim-core/resource-types.ts';
import { ScimError } from '../../scim-core/scim-error.ts';
import { keepUnread } from '../../scim-core/unread-values.ts';
import { absentActiveIsInactive } from '../../workspaces/provisioning-settings.ts';
import { Quotas } from '../../workspaces/quotas.ts';
import { listedUsers, pageAnswer, pageRequest } from '../lists/page.ts';
import {
  checkPrecondition,
  projectionOf,
  scimBaseUrl,
  writeUntilUnopposed,
} from '../protocol/resource-request.ts';
import { noContent, ScimAnswer } from '../protocol/scim-answer.ts';
import { noteOnActive } from './note-on-active.ts';
import { RecentUsers } from './recent-users.ts';
import { projectedJson, type StoredRow, storedResource } from '../protocol/representation.ts';
import { DirectoryRecounts } from '../directory/directory-recounts.ts';
import { type ChangedResource, checkSize, withinSize } from '../directory/resource-size.ts';
import { noteOn, type ScimRequest } from '../protocol/scim-request.ts';
import { userRepresentation } from './user-representation.ts';
import { findUser, listUsers, type UserRow } from './read-users.ts';
import type { UserWrite } from './user-values.ts';
import { changedNames, restores, UserWrites } from './user-writes.ts';
import { deleteUser, receiveAwaited } from './write-users.ts';

/** What the identity provider does with people: the use cases of `/scim/v2/Users` (RFC 7644 §3). */
@Injectable()
export class UsersService {
  private readonly baseUrl: string;
  private readonly recent = new RecentUsers();

  constructor(
    private readonly db: StatementPool,
    private readonly writes: UserWrites,
    private readonly quickReads: QuickReads,
    private readonly clock: Clock,
    private readonly seal: CursorSeal,
    private readonly commits: CommitNotes,
    private readonly quotas: Quotas,
    private readonly recounts: DirectoryRecounts,
    config: Config,
  ) {
    this.baseUrl = scimBaseUrl(config);
  }

  /** `GET /Users`, `POST /Users/.search`: a ListResponse of what the filter selects; no match is 200 and empty. */
  @InLane('list')
  async list(request: ScimRequest, query: unknown): Promise<ScimAnswer> {
    const list = parseListRequest(query, userResourceType);
    const page = pageRequest(this.seal, request.workspaceId, list, listedUsers);
    const readers = { quick: this.quickReads.of(request.workspaceId), db: this.db, recounts: this.recounts };
    const found = await listUsers(readers, page, wants(list.projection, 'groups'));
    if (page.isLookup && found.rows.length === 1) this.recent.remember(request.workspaceId, found.rows[0]!);
    const represent = (row: UserRow) => this.represent(row, list.projection).json;
    const answer = await pageAnswer(this.seal, request.workspaceId, list, 'User', found, represent);
    return new ScimAnswer(200, answer);
  }

  /** `GET /Users/{id}`: the user, active or not. */
  async get(request: ScimRequest, id: string): Promise<ScimAnswer> {
    const projection = projectionOf(request, userResourceType);
    const row = await this.read(request.workspaceId, id, wants(projection, 'groups'));
    this.recent.remember(request.workspaceId, row);
    return this.answer(200, row, projection);
  }

  /**
   * `POST /Users`: 201. If an inactive user has the same `externalId`, the POST brings that user back under their old
   * id: this is how Okta re-provisions, and a 409 would stop it for good. Several users may share an `externalId` (RFC
   * 7643 §3.1); then the returning user must have the same `userName`, too.
   *
   * @throws ScimError 409 `uniqueness` when `userName` is taken
   * @throws ForbiddenError `quota-reached`
   */
  async create(request: ScimRequest): Promise<ScimAnswer> {
    const projection = projectionOf(request, userResourceType);
    const { resource: parsed, notes } = parseResource(request.body, userResourceType);
    noteOn(request, notes);
    const resource: ScimResource = { ...parsed, active: parsed.active ?? true };
    const row = await this.quotas.within(request.workspaceId, 'users', () =>
      writeUntilUnopposed(() => this.createOrBringBack(request, resource)),
    );
    this.recent.remember(request.workspaceId, row);
    return this.answer(201, row, projection);
  }

  /**
   * `PUT /Users/{id}`: 200. Attributes that the body leaves out are cleared; attributes that cannot be read stay as
   * they were. An absent `active` stays as it was, because a profile says nothing about it, unless the workspace's
   * settings take its absence for inactive.
   */
  async replace(request: ScimRequest, id: string): Promise<ScimAnswer> {
    const { resource, notes } = parseResource(request.body, userResourceType);
    const absent = resource.active === undefined ? await this.absentActive(request.workspaceId) : undefined;
    let active: unknown = resource.active ?? absent;
    let leftOut: readonly ReadingNote[] = [];
    const answer = await this.update(request, id, (stored) => {
      active = resource.active ?? absent ?? stored.active;
      const whole = keepUnread({ ...resource, active }, stored, notes, userResourceType);
      // What is too large refuses a PUT, but it does not keep a person switched on.
      const deactivates = active === false && stored.active !== false;
      const fitting = deactivates
        ? withinSize(whole, stored, userResourceType)
        : { resource: whole, notes: [] };
      leftOut = fitting.notes;
      return fitting;
    });
    const onActive = resource.active === undefined ? [noteOnActive(active, absent)] : [];
    noteOn(request, [...notes, ...leftOut, ...onActive]);
    return answer;
  }

  /** `PATCH /Users/{id}`: 200 with the resource. If nothing changes, version and lastModified stay as they were. */
  async patch(request: ScimRequest, id: string): Promise<ScimAnswer> {
    const operations = parsePatch(request.body, userResourceType);
    noteOn(request, notesOf(operations));
    let leftOut: readonly ReadingNote[] = [];
    const answer = await this.update(request, id, (stored) => {
      const patched = applyPatch(stored, operations, userResourceType, id);
      const fitting = withinSize(patched.resource, stored, userResourceType);
      leftOut = [...patched.notes, ...fitting.notes];
      return fitting;
    });
    noteOn(request, leftOut);
    return answer;
  }

  /** `DELETE /Users/{id}`: 204. The user's names are free again, and their memberships are gone. */
  async remove(request: ScimRequest, id: string): Promise<ScimAnswer> {
    const version = request.ifMatch === undefined ? null : await this.checkedVersion(request, id);
    const event = { id: newId(), at: this.clock.now() };
    request.eventIds.push(event.id);
    this.recent.take(request.workspaceId, id);
    const deleted = isUuid(id) && (await deleteUser(this.db, request.workspaceId, id, version, event));
    if (deleted) {
      this.tellLane(request.workspaceId);
      return noContent;
    }
    throw version === null
      ? ScimError.notFound(`User ${id} does not exist.`)
      : ScimError.preconditionFailed('The user was changed meanwhile.');
  }

  private async update(
    request: ScimRequest,
    id: string,
    change: (stored: ScimResource) => ChangedResource,
  ): Promise<ScimAnswer> {
    const { workspaceId, ifMatch } = request;
    const projection = projectionOf(request, userResourceType);
    const withGroups = wants(projection, 'groups');
    const attempt = (read: StoredRow) => {
      checkPrecondition(ifMatch, read.version);
      return this.store(request, read, change, withGroups);
    };
    const recent = this.recent.take(workspaceId, id);
    const row =
      (recent && (await fromRecent(() => attempt(recent)))) ??
      (await writeUntilUnopposed(async () => {
        const read = await this.read(workspaceId, id, withGroups);
        const stored = await attempt(read);
        return stored === 'unchanged' ? read : stored;
      }));
    this.recent.remember(workspaceId, row);
    return this.answer(200, row, projection);
  }

  /** Applies the change to the user that was read, and writes the result; null when another write came first. */
  private async store(
    { workspaceId, eventIds }: ScimRequest,
    read: StoredRow,
    change: (stored: ScimResource) => ChangedResource,
    withGroups: boolean,
  ): Promise<UserRow | 'unchanged' | null> {
    const stored = storedResource(read);
    const { resource, json } = change(stored);
    const changes = diffResources(stored, resource);
    if (changes.length === 0) return 'unchanged';
    const kind = restores(stored, resource) ? 'restored' : 'updated';
    const write = this.write(resource, stored, json);
    eventIds.push(write.eventId);
    try {
      const update = { read, write, kind, changes, ...changedNames(stored, resource), withGroups } as const;
      const written = await this.writes.update(workspaceId, update);
      if (resource.active === false || kind === 'restored') this.tellLane(workspaceId);
      return written && { ...read, ...written, json: write.json, modified_at: write.now };
    } catch (error) {
      throw this.taken(error, resource);
    }
  }

  /** Somebody may have left, or come back: that is looked at right away, if the workspace wants it. */
  private tellLane(workspaceId: string): void {
    this.commits.tell([{ topic: laneTopic, workspaceId }]);
  }

  /** Null when another write changed the returning user. Who is created is there: what comes then is done again alone. */
  private async createOrBringBack(request: ScimRequest, resource: ScimResource): Promise<UserRow | null> {
    const { workspaceId } = request;
    const id = newId();
    const write = this.write(resource, null);
    request.eventIds.push(write.eventId);
    try {
      const { returnerId, isAwaited, manager } = await this.writes.insert(workspaceId, id, write);
      if (returnerId === null) {
        const groups = isAwaited ? await receiveAwaited(this.db, workspaceId, id, write.now) : [];
        const times = { created_at: write.now, modified_at: write.now };
        return { id, version: '1', ...times, json: write.json, manager, groups };
      }
      const returner = await findUser(this.db, workspaceId, returnerId, true);
      if (returner === null || storedResource(returner).active !== false) return null;
      const stored = await this.store(request, returner, () => write, true);
      return stored === 'unchanged' ? returner : stored;
    } catch (error) {
      throw this.taken(error, resource);
    }
  }

  /** @throws ScimError `tooMany` when the resource is too large to be stored */
  private write(
    resource: ScimResource,
    stored: ScimResource | null,
    json = JSON.stringify(resource),
  ): UserWrite {
    checkSize(json, resource, stored);
    return { resource, json, now: this.clock.now(), eventId: newId() };
  }

  private async read(workspaceId: string, id: string, withGroups: boolean): Promise<UserRow> {
    const row = isUuid(id)
      ? await findUser(this.quickReads.of(workspaceId), workspaceId, id, withGroups)
      : null;
    if (row === null) throw ScimError.notFound(`User ${id} does not exist.`);
    return row;
  }

  /** What the absence of `active` in a PUT means: false, or undefined for nothing. */
  private async absentActive(workspaceId: string): Promise<false | undefined> {
    return (await absentActiveIsInactive(this.quickReads.of(workspaceId), workspaceId)) ? false : undefined;
  }

  private async checkedVersion(request: ScimRequest, id: string): Promise<string> {
    const { version } = await this.read(request.workspaceId, id, false);
    checkPrecondition(request.ifMatch, version);
    return version;
  }

  private answer(status: number, row: UserRow, projection: Projection): ScimAnswer {
    const { json, etag, location } = this.represent(row, projection);
    return new ScimAnswer(status, new JsonText(json), etag, location);
  }

  private represent(row: UserRow, projection: Projection) {
    const whole = userRepresentation(row, this.baseUrl);
    return { ...whole, json: projectedJson(whole.json, projection) };
  }

  /** What a violated constraint means, in words that admins read in the log of their identity provider. */
  private taken(error: unknown, resource: ScimResource): unknown {
    if (violatedConstraint(error) !== 'directory_user_user_name_key') return error;
    return ScimError.uniqueness(
      `userName "${String(resource.userName)}" is already in use in this directory.`,
    );
  }
}

/** Returns null for any outcome that outdated data or other writes may have caused; the user is then read again. */
async function fromRecent(attempt: () => Promise<UserRow | 'unchanged' | null>): Promise<UserRow | null> {
  try {
    const stored = await attempt();
    return stored === 'unchanged' ? null : stored;
  } catch (error) {
    if (error instanceof ScimError || isTakenBack(error)) return null;
    throw error;
  }
}
