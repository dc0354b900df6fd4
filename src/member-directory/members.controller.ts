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
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Page } from '../audit/page.ts';
import { parseBody } from '../errors/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../workspaces/session.guard.ts';
import { MemberExportService } from './member-export.service.ts';
import { MemberGroupPageResponse, type MemberGroupResponse } from './member-group.dto.ts';
import { MemberGroupsService } from './member-groups.service.ts';
import { MemberImportService } from './member-import.service.ts';
import {
  MemberChangeDto,
  MemberExportQuery,
  MemberImportDto,
  MemberImportResponse,
  MemberListQuery,
  MemberPageResponse,
  MemberResponse,
  NewMemberDto,
} from './member.dto.ts';
import type { Member } from './member-row.ts';
import { MembersService } from './members.service.ts';

/** Members, for the workspace's admin. */
@ApiTags('Members')
@ApiBearerAuth('session')
@UseGuards(SessionGuard)
@Controller('api/members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly imports: MemberImportService,
    private readonly exports: MemberExportService,
    private readonly memberGroups: MemberGroupsService,
  ) {}

  /** Lists the members; without a status everyone who is not removed. */
  @Get()
  @ApiOperation({ summary: 'List members' })
  @ApiQuery({ type: MemberListQuery })
  @ApiOkResponse({ type: MemberPageResponse })
  list(@CurrentSession() session: Session, @Query() query: unknown): Promise<Page<Member>> {
    return this.members.list(session.workspaceId, parseBody(MemberListQuery, query));
  }

  /** Adds a member by hand. 409 `email-taken`. */
  @Post()
  @ApiOperation({ summary: 'Add a member' })
  @ApiBody({ type: NewMemberDto })
  @ApiCreatedResponse({ type: MemberResponse })
  create(@CurrentSession() session: Session, @Body() body: unknown): Promise<Member> {
    return this.members.create(session, parseBody(NewMemberDto, body));
  }

  /** Adds the members of a CSV file, all of them or none, or only checks it; a 400 names each fault with its line. */
  @Post('import')
  @ApiOperation({ summary: 'Import members from a CSV file' })
  @ApiConsumes('text/csv', 'application/json')
  @ApiExtraModels(MemberImportDto)
  @ApiBody({ schema: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(MemberImportDto) }] } })
  @ApiCreatedResponse({ type: MemberImportResponse })
  import(@CurrentSession() session: Session, @Body() body: unknown): Promise<MemberImportResponse> {
    const { csv, dryRun } = typeof body === 'string' ? { csv: body } : parseBody(MemberImportDto, body);
    return this.imports.import(session, csv, dryRun);
  }

  /** All members who are not removed, as a CSV file that the import reads back, one line for each. */
  @Get('export')
  @ApiOperation({ summary: 'Export members as a CSV file' })
  @Header('Content-Disposition', 'attachment; filename="members.csv"')
  @ApiProduces('text/csv')
  @ApiQuery({ type: MemberExportQuery })
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@CurrentSession() session: Session, @Query() query: unknown): Promise<StreamableFile> {
    const { separator } = parseBody(MemberExportQuery, query);
    return new StreamableFile(await this.exports.export(session.workspaceId, separator), {
      type: 'text/csv; charset=utf-8',
    });
  }

  /** One member, a removed one too. */
  @Get(':id')
  @ApiOperation({ summary: 'Show a member' })
  @ApiOkResponse({ type: MemberResponse })
  get(@CurrentSession() session: Session, @Param('id') id: string): Promise<Member> {
    return this.members.get(session.workspaceId, id);
  }

  /** The groups that a member is in, by name. 404 for nobody. */
  @Get(':id/groups')
  @ApiOperation({ summary: 'List the groups of a member' })
  @ApiOkResponse({ type: MemberGroupPageResponse })
  async groups(
    @CurrentSession() session: Session,
    @Param('id') id: string,
  ): Promise<Page<MemberGroupResponse>> {
    await this.members.get(session.workspaceId, id);
    return { items: await this.memberGroups.ofMember(session.workspaceId, id), nextCursor: null };
  }

  /** Changes a member. 409 `field-provisioned` for a field that user provisioning fills. */
  @Patch(':id')
  @ApiOperation({ summary: 'Change a member' })
  @ApiBody({ type: MemberChangeDto })
  @ApiOkResponse({ type: MemberResponse })
  update(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Member> {
    return this.members.update(session, id, parseBody(MemberChangeDto, body));
  }

  /** Removes a member; his record stays. 409 `member-provisioned` while user provisioning keeps him. */
  @Delete(':id')
  @ApiOperation({ summary: 'Remove a member' })
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@CurrentSession() session: Session, @Param('id') id: string): Promise<void> {
    return this.members.remove(session, id);
  }
}
