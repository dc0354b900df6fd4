import { Delete, Get, Header, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Id } from '../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../http/endpoint/valid.ts';
import { PageQuery } from '../http/paging/page.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { AdminLinksService } from './admin-links.service.ts';
import { OperatorEndpoint } from './endpoints.ts';
import { OperatorWorkspacesService } from './operator-workspaces.service.ts';
import {
  AdminLinkResponse,
  CreateAdminLinkDto,
  CreateWorkspaceDto,
  toWorkspaceResponse,
  UpdateWorkspaceDto,
  WorkspacePageResponse,
  WorkspaceResponse,
} from './operator.dto.ts';

/** The vendor's side: workspaces, their entitlement, and links that sign their admins in. */
@OperatorEndpoint('workspaces')
export class OperatorController {
  constructor(
    private readonly workspaces: OperatorWorkspacesService,
    private readonly links: AdminLinksService,
  ) {}

  /** Makes a workspace; it is not entitled yet. */
  @Post()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Make a workspace' })
  @ApiCreatedResponse({ type: WorkspaceResponse })
  async create(@ValidBody() body: CreateWorkspaceDto): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.create(body.name));
  }

  /** Lists all workspaces in the order of their making. */
  @Get()
  @ApiOperation({ summary: 'List workspaces' })
  @ApiOkResponse({ type: WorkspacePageResponse })
  async list(@ValidQuery() query: PageQuery): Promise<WorkspacePageResponse> {
    const page = await this.workspaces.list(query);
    return { ...page, items: page.items.map(toWorkspaceResponse) };
  }

  /** Shows a workspace. */
  @Get(':id')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show a workspace' })
  @ApiOkResponse({ type: WorkspaceResponse })
  async get(@Id('workspace') id: string): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.get(id));
  }

  /** Renames a workspace, gives or takes its entitlement, makes it a sandbox or no more. */
  @Patch(':id')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a workspace' })
  @ApiOkResponse({ type: WorkspaceResponse })
  async update(
    @ValidBody() body: UpdateWorkspaceDto,
    @Id('workspace') id: string,
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
  async erase(@Id('workspace') id: string, @IfMatch() precondition: Precondition): Promise<void> {
    await this.workspaces.erase(id, precondition);
  }

  /** Makes a link that signs an admin in: once, within 10 minutes. */
  @Post(':id/admin-links')
  @ApiOperation({ summary: 'Make a link that signs an admin in' })
  @Header('Cache-Control', 'no-store')
  @ApiCreatedResponse({ type: AdminLinkResponse })
  createAdminLink(
    @ValidBody() body: CreateAdminLinkDto,
    @Id('workspace') id: string,
  ): Promise<AdminLinkResponse> {
    return this.links.create(id, body.email);
  }
}
