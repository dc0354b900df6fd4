import { RecordsReads } from '../../audit/recorded-reads.ts';
import { Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { seconds } from '../../errors/duration.ts';
import { linesMediaType } from '../../http/bodies/body-rules.ts';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import type { Caller } from '../../http/request/caller.ts';
import { CurrentCaller } from '../../operator-access/operator.guard.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { WorkspaceId } from '../../workspaces/workspace-id.ts';
import { readBuckets } from '../digest/buckets.ts';
import { CheckedStreams } from '../streams/checked-stream.service.ts';
import { SnapshotQuery } from './snapshot.dto.ts';
import { SnapshotService } from './snapshot.service.ts';

/** What of a snapshot may wait in memory for its reader. */
const waitingMaxBytes = 1024 * 1024;

/** How long the reader of a snapshot may read nothing. Its transaction keeps old rows of the whole database. */
export const snapshotStallMaxMs = seconds(60);

/** Everything of a workspace at one moment, for the back end of the host product. */
@OperatorEndpoint('workspaces/:id/snapshot', 'Members of the product')
export class SnapshotController {
  constructor(
    private readonly snapshots: SnapshotService,
    private readonly streams: CheckedStreams,
  ) {}

  /**
   * JSON on lines, all of it or only some buckets of members, for the repair of a copy: first the head, with the `cursor`
   * that the feed continues after exactly; then every member who is not removed, by id, then the groups. It is flat in
   * memory, and waits for a reader that is slow.
   */
  @Get()
  @RecordsReads()
  @ProductScope('members:read')
  @ApiOperation({ summary: 'Read everything at one moment' })
  @ApiProduces(linesMediaType)
  @ApiOkResponse({
    description: 'One JSON object on each line; `kind` is `head`, `member`, `group` or `membership`.',
    schema: { type: 'string' },
  })
  read(
    @CurrentCaller() caller: Caller,
    @WorkspaceId() workspaceId: string,
    @ValidQuery() query: SnapshotQuery,
    @Res() response: Response,
  ): Promise<void> {
    const part = { from: query.from?.toLowerCase() ?? null, buckets: readBuckets(query) };
    const limits = { waitingMaxBytes, stallMaxMs: snapshotStallMaxMs };
    return this.streams.answer({ caller, response }, limits, (sink) =>
      this.snapshots.write(workspaceId, part, sink),
    );
  }
}
