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
import { type EventFact, readEvents, readNames } from './request-facts.ts';
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
    return { items: await this.tell(workspaceId, items, events), nextCursor };
  }

  /**
   * One request: what was sent, what was answered, and what it changed.
   *
   * @throws NotFoundError when the workspace's log has no such request, or no more
   */
  async get(workspaceId: string, id: string): Promise<LoggedRequestResponse> {
    const { request, answer, ...record } = await this.log.get(workspaceId, id);
    const events = await readEvents(this.dataSource, workspaceId, [record], true);
    const [entry] = await this.tell(workspaceId, [record], events);
    const changes = eventsOf(record, events).flatMap((event) => event.changes);
    return { ...entry!, request, answer, changes };
  }

  private async tell(
    workspaceId: string,
    records: readonly LogRecord[],
    events: ReadonlyMap<string, EventFact>,
  ): Promise<ProvisioningLogEntryResponse[]> {
    const subjects = records.flatMap(({ resourceId }) => resourceId ?? []);
    const named = [...subjects, ...idsNamedIn([...events.values()])];
    const names = await readNames(this.dataSource, workspaceId, named);
    return records.map((record) => {
      const meaning = meaningOf(
        record,
        eventsOf(record, events),
        (id) => names.get(id.toLowerCase()) ?? null,
      );
      const { eventIds: _, found: __, at, ...entry } = record;
      return { ...entry, at: at.toISOString(), meaning };
    });
  }
}

/** Events of an attempt that another write beat do not exist. */
function eventsOf({ eventIds }: LogRecord, events: ReadonlyMap<string, EventFact>): EventFact[] {
  return (eventIds ?? []).flatMap((id) => events.get(id) ?? []);
}
