import { Injectable } from '@nestjs/common';
import { StatementPool } from '../../database/statement-pool.ts';
import { ConflictError } from '../../errors/domain-errors.ts';
import type { Reference } from '../../http/endpoint/reference.ts';
import type { Author } from '../../member-directory/events/author.ts';
import { LinkDecisionsService } from '../../sync/preview/link-decisions.service.ts';
import { personOf, readMember } from './find-members.ts';
import type { MemberExclusionResponse } from './product-members.dto.ts';

/** Keeps people who were deleted in the product from coming back by synchronization. */
@Injectable()
export class ExclusionsService {
  constructor(
    private readonly db: StatementPool,
    private readonly decisions: LinkDecisionsService,
  ) {}

  /**
   * Leaves the person behind a member out of synchronization until they are included again. The member stays as they are,
   * and can be removed then.
   *
   * @param text why, for the admin
   * @throws NotFoundError, ConflictError `not-provisioned` for a member who is linked to nobody in the directory
   */
  async exclude(author: Author, reference: Reference, text: string): Promise<MemberExclusionResponse> {
    const named = await this.person(author, reference);
    const reason = { code: 'excluded-by-product', params: { text } } as const;
    await this.decisions.excludeBy(author, named.directoryUserId, reason);
    return { ...named, excluded: true };
  }

  /**
   * Takes an exclusion back, an admin's too: the next run decides about the person.
   *
   * @throws NotFoundError, ConflictError `not-provisioned`, `not-excluded`
   */
  async include(author: Author, reference: Reference): Promise<MemberExclusionResponse> {
    const named = await this.person(author, reference);
    await this.decisions.includeBy(author, named.directoryUserId);
    return { ...named, excluded: false };
  }

  private async person(
    { workspaceId }: Author,
    reference: Reference,
  ): Promise<{ memberId: string; directoryUserId: string }> {
    const { id } = await readMember(this.db, workspaceId, reference);
    const directoryUserId = await personOf(this.db, workspaceId, id);
    if (directoryUserId !== null) return { memberId: id, directoryUserId };
    throw new ConflictError(
      'not-provisioned',
      'This member is linked to nobody in the directory, so that synchronization does not bring them back.',
    );
  }
}
