import { Delete, Get, HttpCode, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Language } from '../errors/sentence.ts';
import { AskerLanguage } from '../http/endpoint/asker-language.ts';
import { HoldsSecret } from '../http/endpoint/holds-secret.ts';
import type { Reference } from '../http/endpoint/reference.ts';
import { ValidBody, ValidQuery } from '../http/endpoint/valid.ts';
import type { Caller } from '../http/request/caller.ts';
import { AnswersWithTag, ChecksIfMatch, IfMatch, type Precondition } from '../http/request/precondition.ts';
import { actorOfCaller } from '../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { ProductScope } from '../operator-access/scope.guard.ts';
import { AdminLinksService } from './admin-links.service.ts';
import { OperatorWorkspacesService } from './operator-workspaces.service.ts';
import {
  AdminLinkResponse,
  CreateAdminLinkDto,
  CreateWorkspaceDto,
  PutWorkspaceDto,
  toWorkspaceResponse,
  UpdateWorkspaceDto,
  WorkspacePageResponse,
  WorkspacesQuery,
  WorkspaceResponse,
} from './operator.dto.ts';
import { Quotas } from './quotas.ts';
import { QuotasResponse } from './quotas.dto.ts';
import { SeatsResponse } from './seats.dto.ts';
import { WorkspaceHealth } from './workspace-health.ts';
import { WorkspaceId, WorkspaceReference } from './workspace-id.ts';

/** The vendor's side: workspaces, their entitlement, and links that sign their admins in. */
@OperatorEndpoint('workspaces')
export class OperatorController {
  constructor(
    private readonly workspaces: OperatorWorkspacesService,
    private readonly links: AdminLinksService,
    private readonly quotas: Quotas,
    private readonly health: WorkspaceHealth,
  ) {}

  /** Makes a workspace; it is not entitled yet. */
  @Post()
  @ProductScope('workspaces:write')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Make a workspace' })
  @ApiCreatedResponse({ type: WorkspaceResponse })
  async create(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: CreateWorkspaceDto,
  ): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.create(body, caller));
  }

  /**
   * Lists workspaces in the order of their making: all of them, or those that the product key is limited to; with
   * `include=health` each with what needs somebody.
   */
  @Get()
  @ProductScope('workspaces:read')
  @ApiOperation({ summary: 'List workspaces' })
  @ApiOkResponse({ type: WorkspacePageResponse })
  async list(
    @CurrentCaller() caller: Caller,
    @ValidQuery() query: WorkspacesQuery,
    @AskerLanguage() language: Language,
  ): Promise<WorkspacePageResponse> {
    const page = await this.workspaces.list(query, caller);
    const items = page.items.map(toWorkspaceResponse);
    if (query.include === undefined) return { ...page, items };
    const health = await this.health.of(
      items.map(({ id }) => id),
      language,
    );
    return { ...page, items: items.map((item) => ({ ...item, health: health.get(item.id) })) };
  }

  /** Shows a workspace. */
  @Get(':id')
  @ProductScope('workspaces:read')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show a workspace' })
  @ApiOkResponse({ type: WorkspaceResponse })
  async get(@WorkspaceId() id: string): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.get(id));
  }

  /**
   * Makes a workspace be as the body says. One that is named by `ext:` and your own id is made when there is none, so that
   * the request can be repeated.
   */
  @Put(':id')
  @ProductScope('workspaces:write')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Make or change a workspace' })
  @ApiOkResponse({ type: WorkspaceResponse, description: 'There was one.' })
  @ApiCreatedResponse({ type: WorkspaceResponse, description: 'It was made.' })
  async put(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: PutWorkspaceDto,
    @WorkspaceReference() reference: Reference,
    @IfMatch() precondition: Precondition,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WorkspaceResponse> {
    const { workspace, isNew } = await this.workspaces.put(reference, body, precondition, caller);
    response.status(isNew ? 201 : 200);
    return toWorkspaceResponse(workspace);
  }

  /** Renames a workspace, gives or takes its entitlement, makes it a sandbox or no more, gives it your own id or seats. */
  @Patch(':id')
  @ProductScope('workspaces:write')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a workspace' })
  @ApiOkResponse({ type: WorkspaceResponse })
  async update(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: UpdateWorkspaceDto,
    @WorkspaceId() id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<WorkspaceResponse> {
    return toWorkspaceResponse(await this.workspaces.update(id, body, precondition, caller));
  }

  /** Erases everything of a workspace, for good; `/operator/erasures` says that it was done. */
  @Delete(':id')
  @ApiOperation({ summary: 'Erase a workspace' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  async erase(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    await this.workspaces.erase(id, caller, precondition);
  }

  /** Says how much a workspace may have of what is bounded, and how much of that it has. */
  @Get(':id/quotas')
  @ProductScope('workspaces:read')
  @ApiOperation({ summary: 'Show the quotas of a workspace' })
  @ApiOkResponse({ type: QuotasResponse })
  async showQuotas(@WorkspaceId() id: string): Promise<QuotasResponse> {
    return { items: await this.quotas.usage(id) };
  }

  /** Says how many seats a workspace has, how many are taken, and how many people wait for one. */
  @Get(':id/seats')
  @ProductScope('workspaces:read')
  @ApiOperation({ summary: 'Show the seats of a workspace' })
  @ApiOkResponse({ type: SeatsResponse })
  async showSeats(@WorkspaceId() id: string): Promise<SeatsResponse> {
    return { seats: await this.workspaces.seats(id) };
  }

  /** Makes a link that signs an admin in: once, within 10 minutes. */
  @Post(':id/admin-links')
  @ProductScope('links:create')
  @ApiOperation({ summary: 'Make a link that signs an admin in' })
  @HoldsSecret()
  @ApiCreatedResponse({ type: AdminLinkResponse })
  createAdminLink(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: CreateAdminLinkDto,
    @WorkspaceId() id: string,
  ): Promise<AdminLinkResponse> {
    return this.links.create(id, body, actorOfCaller(caller));
  }
}
