import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
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
  ApiTags,
} from '@nestjs/swagger';
import { ApiPageQuery } from '../http/paging/page.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { AdminLinksService } from './admin-links.service.ts';
import {
  AdminLinkResponse,
  CreateAdminLinkDto,
  CreateWorkspaceDto,
  toWorkspaceResponse,
  UpdateWorkspaceDto,
  WorkspacePageResponse,
  WorkspaceResponse,
} from './operator.dto.ts';
import { OperatorGuard } from './operator.guard.ts';
import { OperatorWorkspacesService } from './operator-workspaces.service.ts';

/** The vendor's side: workspaces, their entitlement, and links that sign their admins in. */
@Controller('operator/workspaces')
@UseGuards(OperatorGuard)
@ApiTags('Operator')
@ApiBearerAuth('operator')
export class OperatorController {
  constructor(
    private readonly workspaces: OperatorWorkspacesService,
    private readonly links: AdminLinksService,
  ) {}

  /** Makes a workspace; it is not entitled yet. */
  @Post()
  @ApiOperation({ summary: 'Make a workspace' })
  @ApiBody({ type: CreateWorkspaceDto })
  @ApiCreatedResponse({ type: WorkspaceResponse })
  async create(@Body() body: unknown): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.create(body));
  }

  /** Lists all workspaces in the order of their making. */
  @Get()
  @ApiOperation({ summary: 'List workspaces' })
  @ApiPageQuery()
  @ApiOkResponse({ type: WorkspacePageResponse })
  async list(@Query() query: unknown): Promise<WorkspacePageResponse> {
    const page = await this.workspaces.list(query);
    return { ...page, items: page.items.map(toWorkspaceResponse) };
  }

  /** Shows a workspace. */
  @Get(':id')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show a workspace' })
  @ApiOkResponse({ type: WorkspaceResponse })
  async get(@Param('id') id: string): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.get(id));
  }

  /** Renames a workspace, gives or takes its entitlement, makes it a sandbox or no more. */
  @Patch(':id')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a workspace' })
  @ApiBody({ type: UpdateWorkspaceDto })
  @ApiOkResponse({ type: WorkspaceResponse })
  async update(
    @Param('id') id: string,
    @Body() body: unknown,
    @IfMatch() precondition: Precondition,
  ): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.update(id, body, precondition));
  }

  /** Erases everything of a workspace, for good; `/operator/erasures` says that it was done. */
  @Delete(':id')
  @ApiOperation({ summary: 'Erase a workspace' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  async erase(@Param('id') id: string, @IfMatch() precondition: Precondition): Promise<void> {
    await this.workspaces.erase(id, precondition);
  }

  /** Makes a link that signs an admin in: once, within 10 minutes. */
  @Post(':id/admin-links')
  @ApiOperation({ summary: 'Make a link that signs an admin in' })
  @Header('Cache-Control', 'no-store')
  @ApiBody({ type: CreateAdminLinkDto })
  @ApiCreatedResponse({ type: AdminLinkResponse })
  createAdminLink(@Param('id') id: string, @Body() body: unknown): Promise<AdminLinkResponse> {
    return this.links.create(id, body);
  }
}
