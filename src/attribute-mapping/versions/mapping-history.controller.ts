import { RecordsExport } from '../../audit/recorded-reads.ts';
import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import type { Page } from '../../http/paging/page.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { MappingResponse } from './attribute-mapping.dto.ts';
import {
  ConfigurationDto,
  ConfigurationResponse,
  ImportedConfigurationResponse,
} from './configuration.dto.ts';
import { ConfigurationService } from './configuration.service.ts';
import { MappingVersionPageResponse, MappingVersionsQuery } from './mapping-history.dto.ts';
import { MappingHistoryService, type MappingVersion, versionOf } from './mapping-history.service.ts';
import type { Mapping } from './rule-rows.ts';

/** Earlier versions of the attribute mapping, and the whole of it as a document. */
@AdminEndpoint('attribute-mapping', 'Attribute mapping')
export class MappingHistoryController {
  constructor(
    private readonly history: MappingHistoryService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** The versions, the newest first: who saved them, when, and what they changed. */
  @Get('versions')
  @ApiOperation({ summary: 'List the versions of the rules' })
  @ApiOkResponse({ type: MappingVersionPageResponse })
  versions(
    @CurrentSession() session: Session,
    @ValidQuery() query: MappingVersionsQuery,
  ): Promise<Page<MappingVersion>> {
    return this.history.list(session.workspaceId, query);
  }

  /** The rules of one version; 0 stands for the built-in ones. */
  @Get('versions/:version')
  @ApiOperation({ summary: 'Show the rules of a version' })
  @ApiParam({ name: 'version', schema: { type: 'integer', minimum: 0 } })
  @ApiOkResponse({ type: MappingResponse })
  version(@CurrentSession() session: Session, @Param('version') version: string): Promise<Mapping> {
    return this.history.get(session.workspaceId, versionOf(version));
  }

  /** Saves the rules of an earlier version as the newest; the next run applies them. */
  @Post('versions/:version/restore')
  @ApiOperation({ summary: 'Restore the rules of a version' })
  @HttpCode(200)
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiParam({ name: 'version', schema: { type: 'integer', minimum: 0 } })
  @ApiOkResponse({ type: MappingResponse })
  restore(
    @CurrentSession() session: Session,
    @Param('version') version: string,
    @IfMatch() precondition: Precondition,
  ): Promise<Mapping> {
    return this.history.restore(session, versionOf(version), precondition);
  }

  /** Properties and rules as one document. */
  @Get('export')
  @RecordsExport('attribute-mapping.exported')
  @ApiOperation({ summary: 'Export properties and rules' })
  @ApiOkResponse({ type: ConfigurationResponse })
  export(@CurrentSession() session: Session): Promise<ConfigurationResponse> {
    return this.configuration.export(session.workspaceId);
  }

  /** Makes properties and rules as the document says, all or nothing; `dryRun` only says what would be done. */
  @Post('import')
  @ApiOperation({ summary: 'Import properties and rules' })
  @HttpCode(200)
  @ChecksIfMatch()
  @ApiOkResponse({ type: ImportedConfigurationResponse })
  import(
    @CurrentSession() session: Session,
    @ValidBody() body: ConfigurationDto,
    @IfMatch() precondition: Precondition,
  ): Promise<ImportedConfigurationResponse> {
    return this.configuration.import(session, body, precondition);
  }
}
