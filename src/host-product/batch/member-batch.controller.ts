import { Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { seconds } from '../../errors/duration.ts';
import type { Language } from '../../errors/sentence.ts';
import { BusyError, UnsupportedMediaTypeError } from '../../errors/domain-errors.ts';
import { knownErrorOf } from '../../errors/known-error.ts';
import { problemOf } from '../../http/answers/problem.ts';
import { linesMediaType } from '../../http/bodies/body-rules.ts';
import { readLines } from '../../http/bodies/read-lines.ts';
import { leaveBodyUnread } from '../../http/bodies/unread-body.ts';
import { AskerLanguage } from '../../http/endpoint/asker-language.ts';
import type { Caller } from '../../http/request/caller.ts';
import { productAuthor } from '../../member-directory/events/author.ts';
import { actorOfCaller } from '../../operator-access/actor-of-caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { WorkspaceId } from '../../workspaces/workspace-id.ts';
import { CheckedStreams } from '../streams/checked-stream.service.ts';
import { BatchLineResponse, BatchMemberDto } from './batch.dto.ts';
import { carryOut } from './carry-out-batch.ts';
import { type LineResult, MemberBatchService } from './member-batch.service.ts';
import { batchLineSizeMaxBytes } from './read-line.ts';

/**
 * Answers that may wait in memory for a sender who reads nothing before everything is sent: those of an ordinary batch
 * are smaller.
 */
const waitingMaxBytes = 16 * 1024 * 1024;

/**
 * What of a batch is taken in ahead: an ordinary one as a whole, so that its body arrives in the time that bodies have,
 * however long the writing takes.
 */
const aheadMaxBytes = 16 * 1024 * 1024;

/** Batches that a process works on at the same time; further ones come again. */
export const batchesAtOnceMax = 4;

/** How long the sender may read nothing, once that is full. */
export const batchStallMaxMs = seconds(60);

/** Members of the product, many at once. */
@OperatorEndpoint('workspaces/:id/members/batch', 'Members of the product')
export class MemberBatchController {
  private underWay = 0;

  constructor(
    private readonly batches: MemberBatchService,
    private readonly streams: CheckedStreams,
  ) {}

  /**
   * Makes, changes or leaves members: a line of the request for each, a line of the answer for each, in the same order. A
   * bad line refuses itself alone. What was done of a batch that broke off is `unchanged` when it is sent again.
   */
  @Post()
  @ProductScope('members:write')
  @ApiOperation({ summary: 'Make or change many members' })
  @ApiConsumes(linesMediaType)
  @ApiProduces(linesMediaType)
  @ApiExtraModels(BatchMemberDto, BatchLineResponse)
  @ApiBody({
    description: 'One JSON object on each line: `BatchMemberDto`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({
    description: 'One JSON object on each line: `BatchLineResponse`.',
    schema: { type: 'string' },
  })
  async write(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() workspaceId: string,
    @AskerLanguage() language: Language,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (!isLines(request)) throw new UnsupportedMediaTypeError(`The body must be ${linesMediaType}.`);
    if (this.underWay >= batchesAtOnceMax) {
      leaveBodyUnread(request, response);
      throw new BusyError('Too many batches are under way. Try again in a moment.');
    }
    this.underWay += 1;
    try {
      await this.carryOut({ caller, workspaceId, language }, request, response);
    } finally {
      this.underWay -= 1;
    }
  }

  private async carryOut(
    { caller, workspaceId, language }: { caller: Caller; workspaceId: string; language: Language },
    request: Request,
    response: Response,
  ): Promise<void> {
    const author = productAuthor(workspaceId, actorOfCaller(caller));
    const limits = { waitingMaxBytes, stallMaxMs: batchStallMaxMs };
    await this.streams.answer({ caller, response }, limits, async (sink) => {
      const lines = readLines(request, { lineSizeMaxBytes: batchLineSizeMaxBytes, aheadMaxBytes });
      // Says what the answer is, and looks at the caller before each part, not only when it is answered.
      const begin = () => sink('');
      await begin();
      const results = carryOut(lines, async (drafts) => {
        await begin();
        return this.batches.write(author, drafts);
      });
      for await (const some of results) {
        if (some.length > 0) await sink(some.map((result) => lineOf(result, language)).join(''));
      }
      if (!request.complete) leaveBodyUnread(request, response);
    });
  }
}

/** A request without a body has not come past the check of media types. */
function isLines({ headers }: Request): boolean {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === linesMediaType;
}

function lineOf(result: LineResult, language: Language): string {
  if (result.outcome !== 'refused') return `${JSON.stringify(result)}\n`;
  const { line, outcome, error } = result;
  return `${JSON.stringify({ line, outcome, problem: problemOf(knownErrorOf(error), language) })}\n`;
}
