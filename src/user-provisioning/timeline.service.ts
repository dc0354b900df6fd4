import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { MembersService } from '../member-directory/members/members.service.ts';
import { groupTimelineOf } from './group-timeline.ts';
import { NotFoundError } from '../errors/domain-errors.ts';
import type { Language } from '../errors/sentence.ts';
import { worded as withText } from '../sync/wording/change-view.ts';
import { shownReason } from '../sync/wording/shown-reason.ts';
import type { TimelineResponse } from './timeline.dto.ts';
import { type TimelineEntry, timelineOf } from './timeline.ts';
import { wordedNotes } from './worded-notes.ts';

/** The history of a person or a group: what the identity provider sent, what each run did, what an admin did. */
@Injectable()
export class TimelineService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly members: MembersService,
  ) {}

  /**
   * @param language of the reasons' sentences
   * @throws NotFoundError when the workspace has no such member
   */
  async read(workspaceId: string, memberId: string, language: Language): Promise<TimelineResponse> {
    await this.members.get(workspaceId, memberId);
    const entries = await timelineOf(this.dataSource, workspaceId, memberId);
    return { items: worded(entries, language), nextCursor: null };
  }

  /**
   * The history of a group, also of one that a run has deleted.
   *
   * @param language as in `read`
   * @throws NotFoundError when nothing is known of such a group
   */
  async readGroup(workspaceId: string, groupId: string, language: Language): Promise<TimelineResponse> {
    const entries = await groupTimelineOf(this.dataSource, workspaceId, groupId);
    if (entries.length === 0) throw new NotFoundError('group');
    return { items: worded(entries, language), nextCursor: null };
  }
}

function worded(entries: readonly TimelineEntry[], language: Language): TimelineResponse['items'] {
  return entries.map((entry) => ({
    ...entry,
    at: entry.at.toISOString(),
    notes: wordedNotes(entry.notes, language),
    reason: entry.reason && withText(shownReason(entry.reason), language),
  }));
}
