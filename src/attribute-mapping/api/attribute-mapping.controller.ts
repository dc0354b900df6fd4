import { Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { ValidBody } from '../../http/endpoint/valid.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import {
  AttributeSourcesResponse,
  MappingPreviewResponse,
  MappingSummaryResponse,
} from '../preview/mapping-preview.dto.ts';
import { MappingPreviewService } from '../preview/mapping-preview.service.ts';
import { AttributeSourcesService } from '../suggestions/attribute-sources.service.ts';
import { MappingSuggestionsResponse } from '../suggestions/mapping-suggestions.dto.ts';
import { describeTransforms } from '../transforms/transforms.ts';
import {
  MappingChangeDto,
  MappingCountsDto,
  MappingPreviewDto,
  MappingResponse,
  TransformsResponse,
} from '../versions/attribute-mapping.dto.ts';
import { AttributeMappingService } from '../versions/attribute-mapping.service.ts';
import type { Mapping } from '../versions/rule-rows.ts';

/** The attribute mapping, for the workspace's admin. */
@AdminEndpoint('attribute-mapping', 'Attribute mapping')
export class AttributeMappingController {
  constructor(
    private readonly mapping: AttributeMappingService,
    private readonly previews: MappingPreviewService,
    private readonly attributes: AttributeSourcesService,
  ) {}

  /** The rules that hold now. */
  @Get()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show the rules that hold now' })
  @ApiOkResponse({ type: MappingResponse })
  get(@CurrentSession() session: Session): Promise<Mapping> {
    return this.mapping.get(session.workspaceId);
  }

  /** Replaces the rules; the next run applies them. 400 names each bad rule, 409 `mapping-changed`. */
  @Put()
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Replace the rules' })
  @ApiOkResponse({ type: MappingResponse })
  replace(
    @CurrentSession() session: Session,
    @ValidBody() body: MappingChangeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<Mapping> {
    return this.mapping.replace(session, body, precondition);
  }

  /** What the given rules would make of real people, before and after; nothing is saved. */
  @Post('preview')
  @ApiOperation({ summary: 'Preview rules on real people' })
  @HttpCode(200)
  @ApiOkResponse({ type: MappingPreviewResponse })
  preview(
    @CurrentSession() session: Session,
    @ValidBody() body: MappingPreviewDto,
    @AskerLanguage() language: Language,
  ): Promise<MappingPreviewResponse> {
    const candidate = body;
    return this.previews.preview(session.workspaceId, candidate, language);
  }

  /** How many members the given rules would change in which field, counted over everybody; nothing is saved. */
  @Post('preview/counts')
  @ApiOperation({ summary: 'Count what rules would change' })
  @HttpCode(200)
  @ApiOkResponse({ type: MappingSummaryResponse })
  counts(
    @CurrentSession() session: Session,
    @ValidBody() body: MappingCountsDto,
    @AskerLanguage() language: Language,
  ): Promise<MappingSummaryResponse> {
    const candidate = body;
    return this.previews.counts(session.workspaceId, candidate, language);
  }

  /** The attributes that a rule can read: of the schemas, and really seen, with counts and examples. */
  @Get('sources')
  @ApiOperation({ summary: 'List the attributes that a rule can read' })
  @ApiOkResponse({ type: AttributeSourcesResponse })
  sources(@CurrentSession() session: Session): Promise<AttributeSourcesResponse> {
    return this.attributes.sources(session.workspaceId);
  }

  /** Ready rules and properties for attributes that people have and no rule reads. */
  @Get('suggestions')
  @ApiOperation({ summary: 'Suggest rules for attributes that no rule reads' })
  @ApiOkResponse({ type: MappingSuggestionsResponse })
  suggestions(
    @CurrentSession() session: Session,
    @AskerLanguage() language: Language,
  ): Promise<MappingSuggestionsResponse> {
    return this.attributes.suggestions(session.workspaceId, language);
  }

  /** The transforms that a rule can use, each with an example. */
  @Get('transforms')
  @ApiOperation({ summary: 'List the transforms that a rule can use' })
  @ApiOkResponse({ type: TransformsResponse })
  transforms(): TransformsResponse {
    return { items: describeTransforms(), nextCursor: null };
  }
}
