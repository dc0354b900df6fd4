import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { MembersService } from '../member-directory/members.service.ts';
import { languageOf, reasonText } from '../sync/reasons.ts';
import type { TimelineResponse } from './timeline.dto.ts';
import { timelineOf } from './timeline.ts';
import { wordedNotes } from './worded-notes.ts';

/** A person's history: what the identity provider sent, what each run did, what an admin did. */
@Injectable()
export class TimelineService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly members: MembersService,
  ) {}

  /**
   * @param acceptLanguage the language of the reasons' sentences
   * @throws NotFoundError when the workspace has no such member
   */
  async read(
    workspaceId: string,
    memberId: string,
    acceptLanguage: string | undefined,
  ): Promise<TimelineResponse> {
    await this.members.get(workspaceId, memberId);
    const entries = await timelineOf(this.dataSource, workspaceId, memberId);
    const language = languageOf(acceptLanguage);
    const items = entries.map((entry) => ({
      ...entry,
      at: entry.at.toISOString(),
      notes: wordedNotes(entry.notes, language),
      reason: entry.reason && { ...entry.reason, text: reasonText(entry.reason, language) },
    }));
    return { items, nextCursor: null };
  }
}
