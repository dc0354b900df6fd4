import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Change } from '../decision/change.ts';
import type { ShownReason } from '../decision/reason.ts';
import { offersFor, type ReasonView } from '../wording/change-view.ts';
import type { Language } from '../../errors/sentence.ts';
import { type PreviewList, SyncPreviewService } from './sync-preview.service.ts';
import { sql } from '../../database/sql.ts';
import { memberNameSql } from '../../member-directory/fields/member-name-sql.ts';
import { dbOf } from '../../database/db-of.ts';

/** A person in conflict, and the member that may be the same person. */
export interface LinkSuggestion {
  directoryUserId: string;
  name: string;
  /** As the identity provider has it. */
  email: string | null;
  member: SuggestedMember;
  reason: ReasonView;
}

interface SuggestedMember {
  id: string;
  name: string;
  email: string;
  status: string;
  deactivatedAt: string | null;
}

const linkSuggestions: PreviewList = {
  name: 'link-suggestions',
  matches: (change) => proposedMember(change) !== null,
};

/**
 * Finds which people could be linked to which members: after a change of the identity provider, everybody may be in conflict
 * at once.
 */
@Injectable()
export class LinkSuggestionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly preview: SyncPreviewService,
  ) {}

  /**
   * A page of people in conflict with the one member that an admin may link them to.
   *
   * @throws BadInputError when the cursor is none of this list
   */
  async page(
    workspaceId: string,
    query: { cursor?: string | undefined; limit: number },
    language: Language,
  ): Promise<{ items: LinkSuggestion[]; nextCursor: string | null }> {
    const items: LinkSuggestion[] = [];
    let cursor = query.cursor;
    let nextCursor: string | null;
    do {
      const wanted = { kind: 'conflict', counts: 'later', limit: query.limit - items.length } as const;
      const asked = { ...wanted, ...(cursor && { cursor }) };
      const page = await this.preview.page(workspaceId, asked, language, linkSuggestions);
      const pairs = page.items.flatMap(({ directoryUserId, name, email, reason }) => {
        const memberId = candidateOf({ reason });
        return memberId === null ? [] : [{ directoryUserId, name, email, reason, memberId }];
      });
      const members = await this.members(
        workspaceId,
        pairs.map(({ memberId }) => memberId),
      );
      for (const { memberId, ...pair } of pairs) {
        const member = members.get(memberId);
        if (member !== undefined) items.push({ ...pair, member });
      }
      nextCursor = page.nextCursor;
      cursor = nextCursor ?? undefined;
    } while (nextCursor !== null && items.length < query.limit);
    return { items, nextCursor };
  }

  private async members(workspaceId: string, ids: readonly string[]): Promise<Map<string, SuggestedMember>> {
    if (ids.length === 0) return new Map();
    const { rows } = await dbOf(this.dataSource).run(sql<
      Omit<SuggestedMember, 'deactivatedAt'> & { left_at: Date | null }
    >`
       SELECT id, ${memberNameSql('m')} AS name, email, status, deactivated_at AS left_at FROM member m
       WHERE workspace_id = ${workspaceId} AND id = ANY (${ids}::uuid[]) AND status <> 'removed'`);
    return new Map(
      rows.map(({ left_at: leftAt, ...member }) => [
        member.id,
        { ...member, deactivatedAt: leftAt?.toISOString() ?? null },
      ]),
    );
  }
}

/** The one member that a person in conflict can be linked to, as far as is known. */
export function proposedMember(change: Pick<Change, 'kind' | 'reason'>): string | null {
  return change.kind === 'conflict' && offersFor(change).includes('link') ? candidateOf(change) : null;
}

/** The one member who may be the person in conflict. */
function candidateOf({ reason }: { reason: ShownReason }): string | null {
  const { memberId } = reason.params;
  return typeof memberId === 'string' ? memberId : null;
}
