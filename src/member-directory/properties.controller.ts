import {
  Body,
  Controller,
  Delete,
  Get,
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
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { type Page, PageQuery } from '../audit/page.ts';
import { parseBody } from '../errors/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import { PropertiesService } from './properties.service.ts';
import { NewPropertyDto, PropertyChangeDto, PropertyPageResponse, PropertyResponse } from './property.dto.ts';
import type { PropertyView } from './property-row.ts';

/** Properties, for the workspace's admin. */
@ApiTags('Properties')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/properties')
export class PropertiesController {
  constructor(private readonly properties: PropertiesService) {}

  /** Lists the properties in the order of their making. */
  @Get()
  @ApiQuery({ type: PageQuery })
  @ApiOkResponse({ type: PropertyPageResponse })
  list(@CurrentSession() session: Session, @Query() query: unknown): Promise<Page<PropertyView>> {
    return this.properties.page(session.workspaceId, parseBody(PageQuery, query));
  }

  /** Defines a property. 409 `property-key-taken`, `too-many-properties`. */
  @Post()
  @ApiBody({ type: NewPropertyDto })
  @ApiCreatedResponse({ type: PropertyResponse })
  create(@CurrentSession() session: Session, @Body() body: unknown): Promise<PropertyView> {
    return this.properties.create(session, parseBody(NewPropertyDto, body));
  }

  /** Renames a property or changes its options. 409 `option-in-use`. */
  @Patch(':id')
  @ApiBody({ type: PropertyChangeDto })
  @ApiOkResponse({ type: PropertyResponse })
  update(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<PropertyView> {
    return this.properties.update(session, id, parseBody(PropertyChangeDto, body));
  }

  /** Deletes a property and its values. 409 `property-in-use` while a mapping rule fills it. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@CurrentSession() session: Session, @Param('id') id: string): Promise<void> {
    return this.properties.remove(session, id);
  }
}
