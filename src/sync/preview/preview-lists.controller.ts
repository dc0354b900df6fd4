import { RecordsExport } from '../../audit/recorded-reads.ts';
import { Get, Header, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import { separatorFor } from '../../member-directory/fields/csv-cell.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { GroupListsService } from './group-lists.service.ts';
import {
  MovedPeopleQuery,
  MovedPeopleResponse,
  PreviewedGroupsQuery,
  PreviewedGroupsResponse,
  PreviewExportQuery,
} from './preview-lists.dto.ts';
import { PreviewExportService } from './preview-export.service.ts';

/** The preview in other forms: its groups with who comes and goes, and a file. */
@AdminEndpoint('sync-preview', 'Synchronization')
export class PreviewListsController {
  constructor(
    private readonly groupLists: GroupListsService,
    private readonly exports: PreviewExportService,
  ) {}

  /** What a run started now would do to groups, all of them, and how many people would join and leave each. */
  @Get('groups')
  @ApiOperation({ summary: 'List pending changes of groups' })
  @ApiOkResponse({ type: PreviewedGroupsResponse })
  groups(
    @CurrentSession() session: Session,
    @ValidQuery() query: PreviewedGroupsQuery,
  ): Promise<PreviewedGroupsResponse> {
    return this.groupLists.groups(session.workspaceId, query);
  }

  /** Who would join and leave a group. Nobody, when nothing would be done to it. */
  @Get('groups/:groupId/people')
  @ApiOperation({ summary: 'List who joins and leaves a group' })
  @ApiOkResponse({ type: MovedPeopleResponse })
  people(
    @CurrentSession() session: Session,
    @Id('group', 'groupId') groupId: string,
    @ValidQuery() query: MovedPeopleQuery,
  ): Promise<MovedPeopleResponse> {
    return this.groupLists.people(session.workspaceId, groupId, query);
  }

  /** The changes that a list with this query shows, as a CSV file in the asker's language, one line for each. */
  @Get('export')
  @RecordsExport('preview.exported')
  @ApiOperation({ summary: 'Export pending changes as a CSV file' })
  @Header('Content-Disposition', 'attachment; filename="pending-changes.csv"')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentSession() session: Session,
    @ValidQuery() query: PreviewExportQuery,
    @AskerLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { separator = separatorFor(language), ...list } = query;
    return new StreamableFile(await this.exports.export(session.workspaceId, list, language, separator), {
      type: 'text/csv; charset=utf-8',
    });
  }
}
