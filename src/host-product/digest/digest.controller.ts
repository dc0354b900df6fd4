import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ValidQuery } from '../../http/endpoint/valid.ts';
import { OperatorEndpoint } from '../../operator-access/operator-endpoint.ts';
import { ProductScope } from '../../operator-access/scope.guard.ts';
import { WorkspaceId } from '../../workspaces/workspace-id.ts';
import { requireDivision } from './buckets.ts';
import { DigestQuery, DigestResponse } from './digest.dto.ts';
import { DigestService } from './digest.service.ts';

/** A hash over all members, by which a copy of them can be proved right. */
@OperatorEndpoint('workspaces/:id/digest', 'Members of the product')
export class DigestController {
  constructor(private readonly digests: DigestService) {}

  /**
   * A hash over the id and version of every member who is not removed, whole and by buckets. A copy that computes the
   * same for the same `sequence` is right; where buckets differ, those members have to be read again.
   */
  @Get()
  @ProductScope('members:read')
  @ApiOperation({ summary: 'Prove that a copy of the members is right' })
  @ApiOkResponse({ type: DigestResponse })
  async show(
    @WorkspaceId() workspaceId: string,
    @ValidQuery() { buckets }: DigestQuery,
  ): Promise<DigestResponse> {
    requireDivision(buckets);
    const { sequence, digest } = await this.digests.current(workspaceId);
    const [whole] = digest.inBuckets(1);
    return {
      sequence: Number(sequence),
      members: whole?.members ?? 0,
      digest: whole?.digest ?? '',
      buckets: digest.inBuckets(buckets),
    };
  }
}
