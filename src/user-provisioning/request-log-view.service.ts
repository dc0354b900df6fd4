import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page } from '../audit/page.ts';
import {
  type LogFilter,
  type LogRecord,
  ProvisioningLogService,
} from '../provisioning-log/provisioning-log.service.ts';
import type { LoggedRequestResponse, ProvisioningLogEntryResponse } from './logs.dto.ts';
import { type ChangeFact, type EventFact, readEvents, readNames } from './request-facts.ts';
import { idsNamedIn, meaningOf } from './request-meaning.ts';

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
  async list(workspaceId: string, filter: LogFilter): Promise<Page<ProvisioningLogEntryResponse>> {
    const { items, nextCursor } = await this.log.list(workspaceId, filter);
    const events = await readEvents(this.dataSource, workspaceId, items);
    const names = await this.namesFor(workspaceId, items, events);
    return { items: items.map((record) => told(record, events, names)), nextCursor };
  }

  /**
   * One request: what was sent, what was answered, and what it changed.
   *
   * @throws NotFoundError when the workspace's log has no such request, or no more
   */
  async get(workspaceId: string, id: string): Promise<LoggedRequestResponse> {
    const { request, answer, ...record } = await this.log.get(workspaceId, id);
    const events = await readEvents(this.dataSource, workspaceId, [record], true);
    const names = await this.namesFor(workspaceId, [record], events);
    const changes = eventsOf(record, events).flatMap((event) => event.changes);
    return {
      ...told(record, events, names),
      request,
      answer,
      changes: changes.map((change) => withNames(change, names)),
    };
  }

  private namesFor(workspaceId: string, records: readonly LogRecord[], events: Events): Promise<Names> {
    const subjects = records.flatMap(({ resourceId }) => resourceId ?? []);
    return readNames(this.dataSource, workspaceId, [...subjects, ...idsNamedIn([...events.values()])]);
  }
}

type Events = ReadonlyMap<string, EventFact>;
type Names = ReadonlyMap<string, string>;

function told(record: LogRecord, events: Events, names: Names): ProvisioningLogEntryResponse {
  const nameOf = (id: string) => names.get(id.toLowerCase()) ?? null;
  const meaning = meaningOf(record, eventsOf(record, events), nameOf);
  const { eventIds: _, found: __, at, ...entry } = record;
  return { ...entry, at: at.toISOString(), meaning };
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
