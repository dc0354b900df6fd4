import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { type Page, PageQuery } from '../../http/paging/page.ts';
import { languageOf } from '../../errors/language.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../../workspaces/session.guard.ts';
import { PropertiesService } from './properties.service.ts';
import {
  NewPropertyDto,
  PropertyChangeDto,
  PropertyChangePreviewResponse,
  PropertyPageResponse,
  PropertyResponse,
} from './property.dto.ts';
import { PropertyChangesService } from './property-changes.service.ts';
import type { PropertyView } from './property-row.ts';

/** Properties, for the workspace's admin. */
@ApiTags('Properties')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/properties')
export class PropertiesController {
  constructor(
    private readonly properties: PropertiesService,
    private readonly changes: PropertyChangesService,
  ) {}

  /** Lists the properties in the order of their making. */
  @Get()
  @ApiOperation({ summary: 'List properties' })
  @ApiQuery({ type: PageQuery })
  @ApiOkResponse({ type: PropertyPageResponse })
  list(@CurrentSession() session: Session, @Query() query: unknown): Promise<Page<PropertyView>> {
    return this.properties.page(session.workspaceId, parseBody(PageQuery, query));
  }

  /** Defines a property. 409 `property-key-taken`, `too-many-properties`. */
  @Post()
  @ApiOperation({ summary: 'Define a property' })
  @ApiBody({ type: NewPropertyDto })
  @ApiCreatedResponse({ type: PropertyResponse })
  create(@CurrentSession() session: Session, @Body() body: unknown): Promise<PropertyView> {
    return this.properties.create(session, parseBody(NewPropertyDto, body));
  }

  /** One property. */
  @Get(':id')
  @ApiOperation({ summary: 'Show a property' })
  @AnswersWithTag()
  @ApiOkResponse({ type: PropertyResponse })
  get(@CurrentSession() session: Session, @Param('id') id: string): Promise<PropertyView> {
    return this.properties.get(session.workspaceId, id);
  }

  /** Renames it, changes options or type. 409 `option-in-use`, `values-do-not-convert`, `rules-do-not-fit`. */
  @Patch(':id')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a property' })
  @ApiBody({ type: PropertyChangeDto })
  @ApiOkResponse({ type: PropertyResponse })
  update(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
    @IfMatch() precondition: Precondition,
  ): Promise<PropertyView> {
    return this.changes.update(session, id, parseBody(PropertyChangeDto, body), precondition);
  }

  /** What a change would touch: members, rules, options, values that do not convert. `{}`: how it is used now. */
  @Post(':id/preview')
  @ApiOperation({ summary: 'Preview a change of a property' })
  @HttpCode(200)
  @ApiBody({ type: PropertyChangeDto })
  @ApiOkResponse({ type: PropertyChangePreviewResponse })
  preview(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<PropertyChangePreviewResponse> {
    const change = parseBody(PropertyChangeDto, body);
    return this.changes.preview(session.workspaceId, id, change, languageOf(languages));
  }

  /** Deletes a property and its values. 409 `property-in-use` while a mapping rule fills it. */
  @Delete(':id')
  @ApiOperation({ summary: 'Delete a property and its values' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.properties.remove(session, id, precondition);
  }
}
