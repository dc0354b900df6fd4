import { Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { seconds } from '../errors/duration.ts';
import { linesMediaType } from '../http/bodies/body-rules.ts';
import { Id } from '../http/endpoint/id.ts';
import type { Reference } from '../http/endpoint/reference.ts';
import { ValidBody } from '../http/endpoint/valid.ts';
import type { Caller } from '../http/request/caller.ts';
import { MemberReference } from '../host-product/members/member-reference.ts';
import { CheckedStreams } from '../host-product/streams/checked-stream.service.ts';
import { actorOfCaller } from '../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../operator-access/operator-endpoint.ts';
import { WorkspaceId } from '../workspaces/workspace-id.ts';
import { ErasePersonService } from './erase-person.service.ts';
import { ExportPersonService } from './export-person.service.ts';
import type { Named } from './person.ts';
import {
  ErasePersonDto,
  PersonErasureResponse,
  TableCountResponse,
  toErasureReceipt,
} from './personal-data.dto.ts';

/** What of an export may wait in memory for its reader, and how long the reader may read nothing. */
const limits = { waitingMaxBytes: 1024 * 1024, stallMaxMs: seconds(60) };

/** What a person may ask for: what is held about them, and that it goes. */
@OperatorEndpoint('workspaces/:id', 'Personal data')
@ApiExtraModels(TableCountResponse)
export class PersonalDataController {
  constructor(
    private readonly erasing: ErasePersonService,
    private readonly exporting: ExportPersonService,
    private readonly streams: CheckedStreams,
  ) {}

  /**
   * Erases a member from everything that is kept of the workspace, with what they were in the directory. What the identity
   * provider sends of them afterwards waits until an admin includes the person.
   */
  @Post('members/:member/erase')
  @ApiOperation({ summary: 'Erase a person' })
  @HttpCode(200)
  @ApiOkResponse({ type: PersonErasureResponse })
  eraseMember(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: ErasePersonDto,
    @WorkspaceId() workspaceId: string,
    @MemberReference() member: Reference,
  ): Promise<PersonErasureResponse> {
    return this.erase(workspaceId, { member }, body, caller);
  }

  /**
   * The same for somebody of the directory, who may never have become a member; if they did, the member is erased with them.
   */
  @Post('directory-users/:user/erase')
  @ApiOperation({ summary: 'Erase a person of the directory' })
  @HttpCode(200)
  @ApiOkResponse({ type: PersonErasureResponse })
  eraseDirectoryUser(
    @CurrentCaller() caller: Caller,
    @ValidBody() body: ErasePersonDto,
    @WorkspaceId() workspaceId: string,
    @Id('directory user', 'user') directoryUserId: string,
  ): Promise<PersonErasureResponse> {
    return this.erase(workspaceId, { directoryUserId }, body, caller);
  }

  /**
   * JSON on lines: everything that is held about a member, with what they are in the directory, by table; first what it is
   * about.
   */
  @Get('members/:member/export')
  @ApiOperation({ summary: 'Export everything about a person' })
  @ApiProduces(linesMediaType)
  @ApiOkResponse({
    description:
      'One JSON object on each line; `table` says what it is a row of, and the first line is the head.',
    schema: { type: 'string' },
  })
  exportMember(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() workspaceId: string,
    @MemberReference() member: Reference,
    @Res() response: Response,
  ): Promise<void> {
    return this.export(workspaceId, { member }, caller, response);
  }

  /** The same for somebody of the directory. */
  @Get('directory-users/:user/export')
  @ApiOperation({ summary: 'Export everything about a person of the directory' })
  @ApiProduces(linesMediaType)
  @ApiOkResponse({ description: 'As that of a member.', schema: { type: 'string' } })
  exportDirectoryUser(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() workspaceId: string,
    @Id('directory user', 'user') directoryUserId: string,
    @Res() response: Response,
  ): Promise<void> {
    return this.export(workspaceId, { directoryUserId }, caller, response);
  }

  private async erase(
    workspaceId: string,
    named: Named,
    { reason }: ErasePersonDto,
    caller: Caller,
  ): Promise<PersonErasureResponse> {
    return toErasureReceipt(await this.erasing.erase(workspaceId, named, reason, actorOfCaller(caller)));
  }

  private export(workspaceId: string, named: Named, caller: Caller, response: Response): Promise<void> {
    return this.streams.answer({ caller, response }, limits, (sink) =>
      this.exporting.write(workspaceId, named, actorOfCaller(caller), sink),
    );
  }
}
