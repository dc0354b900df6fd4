import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import { type Page, PageQuery } from '../../http/paging/page.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { PropertiesService } from './properties.service.ts';
import { PropertyChangesService } from './property-changes.service.ts';
import type { PropertyView } from './property-row.ts';
import {
  NewPropertyDto,
  PropertyChangeDto,
  PropertyChangePreviewResponse,
  PropertyPageResponse,
  PropertyResponse,
} from './property.dto.ts';

/** Properties, for the workspace's admin. */
@AdminEndpoint('properties', 'Properties')
export class PropertiesController {
  constructor(
    private readonly properties: PropertiesService,
    private readonly changes: PropertyChangesService,
  ) {}

  /** Lists the properties in the order in which they were made. */
  @Get()
  @ApiOperation({ summary: 'List properties' })
  @ApiOkResponse({ type: PropertyPageResponse })
  list(@CurrentSession() session: Session, @ValidQuery() query: PageQuery): Promise<Page<PropertyView>> {
    return this.properties.page(session.workspaceId, query);
  }

  /** Defines a property. 409 `property-key-taken`, `too-many-properties`. */
  @Post()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Define a property' })
  @ApiCreatedResponse({ type: PropertyResponse })
  create(@CurrentSession() session: Session, @ValidBody() body: NewPropertyDto): Promise<PropertyView> {
    return this.properties.create(session, body);
  }

  /** One property. */
  @Get(':id')
  @ApiOperation({ summary: 'Show a property' })
  @AnswersWithTag()
  @ApiOkResponse({ type: PropertyResponse })
  get(@CurrentSession() session: Session, @Id('property') id: string): Promise<PropertyView> {
    return this.properties.get(session.workspaceId, id);
  }

  /** Renames it, changes options or type. 409 `option-in-use`, `values-do-not-convert`, `rules-do-not-fit`. */
  @Patch(':id')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a property' })
  @ApiOkResponse({ type: PropertyResponse })
  update(
    @CurrentSession() session: Session,
    @Id('property') id: string,
    @ValidBody() body: PropertyChangeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<PropertyView> {
    return this.changes.update(session, id, body, precondition);
  }

  /** What a change would touch: members, rules, options, values that do not convert. `{}`: how it is used now. */
  @Post(':id/preview')
  @ApiOperation({ summary: 'Preview a change of a property' })
  @HttpCode(200)
  @ApiOkResponse({ type: PropertyChangePreviewResponse })
  preview(
    @CurrentSession() session: Session,
    @Id('property') id: string,
    @ValidBody() body: PropertyChangeDto,
    @AskerLanguage() language: Language,
  ): Promise<PropertyChangePreviewResponse> {
    const change = body;
    return this.changes.preview(session.workspaceId, id, change, language);
  }

  /** Deletes a property and its values. 409 `property-in-use` while a mapping rule fills it. */
  @Delete(':id')
  @ApiOperation({ summary: 'Delete a property and its values' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentSession() session: Session,
    @Id('property') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.properties.remove(session, id, precondition);
  }
}
