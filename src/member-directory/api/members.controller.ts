import { RecordsExport } from '../../audit/recorded-reads.ts';
import { Body, Delete, Get, Header, HttpCode, Patch, Post, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Language } from '../../errors/sentence.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import { Id } from '../../http/endpoint/id.ts';
import { ValidBody, ValidQuery } from '../../http/endpoint/valid.ts';
import { BulkResponse } from '../../http/paging/bulk.ts';
import type { Page } from '../../http/paging/page.ts';
import {
  AnswersWithTag,
  ChecksIfMatch,
  IfMatch,
  type Precondition,
} from '../../http/request/precondition.ts';
import { parseBody } from '../../http/validation/validation.ts';
import { readCsvText } from '../fields/csv-text.ts';
import { AdminEndpoint } from '../../workspaces/endpoints.ts';
import { CurrentSession, type Session } from '../../workspaces/session.guard.ts';
import { separatorFor } from '../fields/csv-cell.ts';
import {
  GroupsOfMemberQuery,
  MemberGroupPageResponse,
  type MemberGroupResponse,
} from '../groups/member-group.dto.ts';
import { MemberGroupsService } from '../groups/member-groups.service.ts';
import { MemberExportService } from '../import-export/member-export.service.ts';
import {
  MemberExportQuery,
  MemberImportDto,
  MemberImportQuery,
  MemberImportResponse,
} from '../import-export/member-files.dto.ts';
import { type MemberImport, MemberImportService } from '../import-export/member-import.service.ts';
import type { Member } from '../members/member-row.ts';
import {
  MemberChangeDto,
  MemberListQuery,
  MemberListResponse,
  MemberResponse,
  NewMemberDto,
  SuspendMemberDto,
} from '../members/member.dto.ts';
import { MemberSuspensionsService } from '../members/member-suspensions.service.ts';
import { BulkMembersDto } from '../members/members-bulk.dto.ts';
import { MembersBulkService } from '../members/members-bulk.service.ts';
import { type MemberPage, MembersService } from '../members/members.service.ts';

/** Members, for the workspace's admin. */
@AdminEndpoint('members', 'Members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly imports: MemberImportService,
    private readonly exports: MemberExportService,
    private readonly memberGroups: MemberGroupsService,
    private readonly suspensions: MemberSuspensionsService,
    private readonly bulk: MembersBulkService,
  ) {}

  /** Lists the members; without a status everyone who is not removed. */
  @Get()
  @ApiOperation({ summary: 'List members' })
  @ApiOkResponse({ type: MemberListResponse })
  list(@CurrentSession() session: Session, @ValidQuery() query: MemberListQuery): Promise<MemberPage> {
    return this.members.list(session.workspaceId, query);
  }

  /** Adds a member by hand. 409 `email-taken`. */
  @Post()
  @AnswersWithTag()
  @ApiOperation({ summary: 'Add a member' })
  @ApiCreatedResponse({ type: MemberResponse })
  create(@CurrentSession() session: Session, @ValidBody() body: NewMemberDto): Promise<Member> {
    return this.members.create(session, body);
  }

  /**
   * Deactivates, reactivates or removes everybody who is named, or on the list, in one transaction, and says what
   * became of each. Ask first with `dryRun`: its `selection` stands for exactly those members, and is sent back as
   * `confirmed`. 409 `selection-changed` when others match by then.
   */
  @Post('bulk')
  @ApiOperation({ summary: 'Change many members' })
  @HttpCode(200)
  @ApiOkResponse({ type: BulkResponse })
  changeMany(@CurrentSession() session: Session, @ValidBody() body: BulkMembersDto): Promise<BulkResponse> {
    return this.bulk.act(session, body);
  }

  /** Adds or changes the members of a CSV file, all or none, or only checks it; a 400 names each fault with its line. */
  @Post('import')
  @ApiOperation({ summary: 'Import members from a CSV file' })
  @ApiConsumes('text/csv', 'application/json')
  @ApiExtraModels(MemberImportDto)
  @ApiBody({ schema: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(MemberImportDto) }] } })
  @ApiCreatedResponse({ type: MemberImportResponse })
  import(
    @CurrentSession() session: Session,
    @Body() body: unknown,
    @ValidQuery() query: MemberImportQuery,
  ): Promise<MemberImportResponse> {
    return this.imports.import(session, importOf(body, query));
  }

  /** The members that a list with this query shows, as a CSV file that the import reads back, one line for each. */
  @Get('export')
  @RecordsExport('members.exported')
  @ApiOperation({ summary: 'Export members as a CSV file' })
  @Header('Content-Disposition', 'attachment; filename="members.csv"')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentSession() session: Session,
    @ValidQuery() query: MemberExportQuery,
    @AskerLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { separator = separatorFor(language), ...filter } = query;
    return new StreamableFile(await this.exports.export(session.workspaceId, filter, separator), {
      type: 'text/csv; charset=utf-8',
    });
  }

  /** One member, a removed one too. */
  @Get(':id')
  @AnswersWithTag()
  @ApiOperation({ summary: 'Show a member' })
  @ApiOkResponse({ type: MemberResponse })
  get(@CurrentSession() session: Session, @Id('member') id: string): Promise<Member> {
    return this.members.get(session.workspaceId, id);
  }

  /** The groups that a member is in, by name. 404 for nobody. */
  @Get(':id/groups')
  @ApiOperation({ summary: 'List the groups of a member' })
  @ApiOkResponse({ type: MemberGroupPageResponse })
  async groups(
    @CurrentSession() session: Session,
    @Id('member') id: string,
    @ValidQuery() query: GroupsOfMemberQuery,
  ): Promise<Page<MemberGroupResponse>> {
    const asked = query;
    await this.members.get(session.workspaceId, id);
    return this.memberGroups.ofMember(session.workspaceId, id, asked);
  }

  /** Changes a member. 409 `field-provisioned` for a field that user provisioning fills. */
  @Patch(':id')
  @AnswersWithTag()
  @ChecksIfMatch()
  @ApiOperation({ summary: 'Change a member' })
  @ApiOkResponse({ type: MemberResponse })
  update(
    @CurrentSession() session: Session,
    @Id('member') id: string,
    @ValidBody() body: MemberChangeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<Member> {
    return this.members.update(session, id, body, precondition);
  }

  /**
   * Takes the access of a member at once, until it is lifted: no run and no request of the identity provider gives it back.
   * 409 `member-removed`.
   */
  @Post(':id/suspend')
  @HttpCode(200)
  @AnswersWithTag()
  @ApiOperation({ summary: 'Suspend a member at once' })
  @ApiOkResponse({ type: MemberResponse })
  suspend(
    @CurrentSession() session: Session,
    @Id('member') id: string,
    @ValidBody({ optional: true }) body: SuspendMemberDto,
  ): Promise<Member> {
    return this.suspensions.suspend(session, id, body.reason ?? null);
  }

  /** Ends the suspension by an admin. 409 `not-suspended`. */
  @Post(':id/lift-suspension')
  @HttpCode(200)
  @AnswersWithTag()
  @ApiOperation({ summary: 'Lift the suspension of a member' })
  @ApiOkResponse({ type: MemberResponse })
  liftSuspension(@CurrentSession() session: Session, @Id('member') id: string): Promise<Member> {
    return this.suspensions.lift(session, id);
  }

  /** Removes a member; the record stays. 409 `member-provisioned` while user provisioning keeps the member. */
  @Delete(':id')
  @ApiOperation({ summary: 'Remove a member' })
  @HttpCode(204)
  @ChecksIfMatch()
  @ApiNoContentResponse()
  remove(
    @CurrentSession() session: Session,
    @Id('member') id: string,
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
