import { Injectable } from '@nestjs/common';
import { Clock } from '../../database/clock.ts';
import { StatementPool } from '../../database/statement-pool.ts';
import { NotFoundError } from '../../errors/domain-errors.ts';
import { minutes } from '../../errors/duration.ts';
import { readEventId } from '../../events/event.ts';
import { recordReceipt } from '../../events/record-receipt.ts';
import { type Caller, reaches } from '../../http/request/caller.ts';
import { pastMoment } from '../../http/validation/future-moment.ts';
import type { ReceiptDto, ReceiptResponse } from './receipts.dto.ts';

/** How far the product's clock may be ahead of ours. */
export const receiptAheadMaxMs = minutes(5);

/** What the host product says it did about events, for the customer's admin to read. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly db: StatementPool,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the receipt of an event, in place of an earlier one.
   *
   * @throws NotFoundError when there is no such event (any more), or not for this caller
   * @throws BadInputError for a time in the future
   */
  async record(eventId: string, receipt: ReceiptDto, caller: Caller): Promise<ReceiptResponse> {
    const named = readEventId(eventId);
    if (named === null || !reaches(caller, named.workspaceId)) throw new NotFoundError('event');
    const now = this.clock.now();
    const at =
      receipt.at == null ? now : pastMoment('at', receipt.at, new Date(now.getTime() + receiptAheadMaxMs));
    const { sessionsEnded = null, tokensRevoked = null } = receipt;
    const recorded = await recordReceipt(this.db, named.workspaceId, named.sequence, {
      at,
      sessionsEnded,
      tokensRevoked,
      keyName: caller.kind === 'key' ? caller.name : null,
    });
    if (recorded === undefined) throw new NotFoundError('event');
    return { eventId, memberId: recorded.memberId, sessionsEnded, tokensRevoked, at: at.toISOString() };
  }
}
