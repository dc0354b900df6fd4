import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page } from '../http/paging/page.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { Language } from '../errors/sentence.ts';
import {
  type LogFilter,
  type LogRecord,
  ProvisioningLogService,
} from '../provisioning-log/provisioning-log.service.ts';
import {
  directoryUsersOf,
  type DirectoryResource,
  findDirectoryResource,
  idsFoundBy,
  searchDirectory,
} from './directory-resources.ts';
import type { LoggedRequestResponse, ProvisioningLogEntryResponse } from './logs.dto.ts';
import { type ChangeFact, type EventFact, readEvents, readNames } from './request-facts.ts';
import { wordedNotes } from './worded-notes.ts';
import { idsNamedIn, meaningOf } from './request-meaning.ts';
import { InLane } from '../database/lanes/task.ts';

/** Which requests an admin asks for; they can also be selected by member. */
export interface RequestFilter extends Omit<LogFilter, 'resourceIds' | 'search'> {
  search?: string | undefined;
  resourceId?: string | undefined;
  memberId?: string | undefined;
}

/** The provisioning log as the admin reads it: what each request meant, and on asking what was sent and what became. */
@Injectable()
export class RequestLogViewService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly log: ProvisioningLogService,
  ) {}

  /**
   * The workspace's requests with their meaning, newest first.
   *
   * @throws BadInputError when the cursor is none of ours
   */
  @InLane('list')
  async list(
    workspaceId: string,
    filter: RequestFilter,
    language: Language,
  ): Promise<Page<ProvisioningLogEntryResponse>> {
    const resourceIds = await this.resourceIds(workspaceId, filter);
    const { search: text, ...others } = filter;
    const search = text && { text, ids: await idsFoundBy(this.dataSource, workspaceId, text) };
    const asked = { ...others, resourceIds, ...(search && { search }) };
    const { items, nextCursor } = await this.log.list(workspaceId, asked, filter);
    const events = await readEvents(this.dataSource, workspaceId, items);
    const names = await this.namesFor(workspaceId, items, events);
    return { items: items.map((record) => told(record, events, names, language)), nextCursor };
  }

  /**
   * One request: what was sent, what was answered, and what it changed.
   *
   * @throws NotFoundError when the workspace's log has no such request, or no more
   */
  async get(workspaceId: string, id: string, language: Language): Promise<LoggedRequestResponse> {
    const { request, answer, ...record } = await this.log.get(workspaceId, id);
    const events = await readEvents(this.dataSource, workspaceId, [record], true);
    const names = await this.namesFor(workspaceId, [record], events);
    const changes = eventsOf(record, events).flatMap((event) => event.changes);
    return {
      ...told(record, events, names, language),
      request,
      answer,
      changes: changes.map((change) => withNames(change, names)),
    };
  }

  /** People and groups of the directory by a part of what they are called. */
  @InLane('list')
  async searchResources(workspaceId: string, text: string): Promise<{ items: DirectoryResource[] }> {
    return { items: await searchDirectory(this.dataSource, workspaceId, text) };
  }

  /** @throws NotFoundError when the workspace's directory never had it */
  async getResource(workspaceId: string, id: string): Promise<DirectoryResource> {
    const resource = await findDirectoryResource(this.dataSource, workspaceId, id);
    if (resource === null) throw new NotFoundError('person or group');
    return resource;
  }

  /** The resources that the filter selects; undefined: all. If it names a resource and a member, both must match. */
  private async resourceIds(
    workspaceId: string,
    { resourceId, memberId }: RequestFilter,
  ): Promise<string[] | undefined> {
    if (memberId === undefined) return resourceId === undefined ? undefined : [resourceId];
    const ids = await directoryUsersOf(this.dataSource, workspaceId, memberId);
    return resourceId === undefined ? ids : ids.filter((id) => id === resourceId);
  }

  private namesFor(workspaceId: string, records: readonly LogRecord[], events: Events): Promise<Names> {
    const subjects = records.flatMap(({ resourceId }) => resourceId ?? []);
    return readNames(this.dataSource, workspaceId, [...subjects, ...idsNamedIn([...events.values()])]);
  }
}

type Events = ReadonlyMap<string, EventFact>;
type Names = ReadonlyMap<string, string>;

function told(
  record: LogRecord,
  events: Events,
  names: Names,
  language: Language,
): ProvisioningLogEntryResponse {
  const nameOf = (id: string) => names.get(id.toLowerCase()) ?? null;
  const meaning = meaningOf(record, eventsOf(record, events), nameOf);
  const { eventIds: _, found: __, subject: ___, at, notes, ...entry } = record;
  return { ...entry, at: at.toISOString(), meaning, notes: wordedNotes(notes, language) };
}

/** Who joined and left, by name where somebody knows it. */
function withNames(change: ChangeFact, names: Names): ChangeFact {
  const { added, removed } = change;
  if (added === undefined || removed === undefined) return change;
  const named = (ids: string[]) => ids.map((id) => names.get(id) ?? id);
  return { ...change, added: named(added), removed: named(removed) };
}

/** Events of an attempt that another write beat do not exist. */
function eventsOf({ eventIds }: LogRecord, events: Events): EventFact[] {
  return (eventIds ?? []).flatMap((id) => events.get(id) ?? []);
}
