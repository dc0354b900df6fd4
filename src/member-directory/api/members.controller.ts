import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
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
import type { Page } from '../../http/paging/page.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { type Language, languageOf } from '../../errors/language.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { CurrentSession, type Session, SessionGuard } from '../../workspaces/session.guard.ts';
import type { CsvSeparator } from '../fields/csv-cell.ts';
import { readCsvText } from '../fields/csv-text.ts';
import { MemberExportService } from '../import-export/member-export.service.ts';
import {
  GroupsOfMemberQuery,
  MemberGroupPageResponse,
  type MemberGroupResponse,
} from '../groups/member-group.dto.ts';
import { MemberGroupsService } from '../groups/member-groups.service.ts';
import { type MemberImport, MemberImportService } from '../import-export/member-import.service.ts';
import {
  MemberExportQuery,
  MemberImportDto,
  MemberImportQuery,
  MemberImportResponse,
} from '../import-export/member-files.dto.ts';
import {
  MemberChangeDto,
  MemberListQuery,
  MemberPageResponse,
  MemberResponse,
  NewMemberDto,
} from '../members/member.dto.ts';
import type { Member } from '../members/member-row.ts';
import { MembersService } from '../members/members.service.ts';

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

  /** Adds or changes the members of a CSV file, all or none, or only checks it; a 400 names each fault with its line. */
  @Post('import')
  @ApiOperation({ summary: 'Import members from a CSV file' })
  @ApiConsumes('text/csv', 'application/json')
  @ApiExtraModels(MemberImportDto)
  @ApiBody({ schema: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(MemberImportDto) }] } })
  @ApiQuery({ type: MemberImportQuery })
  @ApiCreatedResponse({ type: MemberImportResponse })
  import(
    @CurrentSession() session: Session,
    @Body() body: unknown,
    @Query() query: unknown,
  ): Promise<MemberImportResponse> {
    return this.imports.import(session, importOf(body, parseBody(MemberImportQuery, query)));
  }

  /** The members that a list with this query shows, as a CSV file that the import reads back, one line for each. */
  @Get('export')
  @ApiOperation({ summary: 'Export members as a CSV file' })
  @Header('Content-Disposition', 'attachment; filename="members.csv"')
  @ApiProduces('text/csv')
  @ApiQuery({ type: MemberExportQuery })
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentSession() session: Session,
    @Query() query: unknown,
    @Headers('accept-language') languages?: string,
  ): Promise<StreamableFile> {
    const { separator = separatorFor(languageOf(languages)), ...filter } = parseBody(
      MemberExportQuery,
      query,
    );
    return new StreamableFile(await this.exports.export(session.workspaceId, filter, separator), {
      type: 'text/csv; charset=utf-8',
    });
  }

  /** One member, a removed one too. */
  @Get(':id')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show a member' })
  @ApiOkResponse({ type: MemberResponse })
  get(@CurrentSession() session: Session, @Param('id') id: string): Promise<Member> {
    return this.members.get(session.workspaceId, id);
  }

  /** The groups that a member is in, by name. 404 for nobody. */
  @Get(':id/groups')
  @ApiQuery({ type: GroupsOfMemberQuery })
  @ApiOperation({ summary: 'List the groups of a member' })
  @ApiOkResponse({ type: MemberGroupPageResponse })
  async groups(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Page<MemberGroupResponse>> {
    const asked = parseBody(GroupsOfMemberQuery, query);
    await this.members.get(session.workspaceId, id);
    return this.memberGroups.ofMember(session.workspaceId, id, asked);
  }

  /** Changes a member. 409 `field-provisioned` for a field that user provisioning fills. */
  @Patch(':id')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a member' })
  @ApiBody({ type: MemberChangeDto })
  @ApiOkResponse({ type: MemberResponse })
  update(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() body: unknown,
    @IfMatch() precondition: Precondition,
  ): Promise<Member> {
    return this.members.update(session, id, parseBody(MemberChangeDto, body), precondition);
  }

  /** Removes a member; his record stays. 409 `member-provisioned` while user provisioning keeps him. */
  @Delete(':id')
  @ApiOperation({ summary: 'Remove a member' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    return this.members.remove(session, id, precondition);
  }
}

/** The file that a request brings: as it is, or its text within JSON. */
function importOf(body: unknown, query: MemberImportQuery): MemberImport {
  const { dryRun = false, updateExisting = false } = query;
  if (Buffer.isBuffer(body)) return { ...readCsvText(body), dryRun, updateExisting };
  const dto = parseBody(MemberImportDto, body);
  return {
    text: dto.csv,
    encoding: 'utf-8',
    dryRun: dto.dryRun ?? dryRun,
    updateExisting: dto.updateExisting ?? updateExisting,
  };
}

/** What spreadsheets of a language put between cells: a semicolon where the comma is the decimal sign. */
function separatorFor(language: Language): CsvSeparator {
  return language === 'de' ? 'semicolon' : 'comma';
}
