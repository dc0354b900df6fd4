import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { eventHead } from './event-head.table.ts';
import { eventReceipt } from './event-receipt.table.ts';
import { event } from './event.table.ts';
import { EventFeed } from './event-feed.ts';
import { EventMetrics } from './event-metrics.ts';
import { EventPublisher } from './event-publisher.ts';
import { EventRetentionService } from './event-retention.service.ts';
import { publication } from './publication.table.ts';
import { movedCursorKey } from './moved-cursor-key.table.ts';
import { publishedEvent } from './published-event.table.ts';

/** What happened in each workspace, in order, for the host product to follow. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      event.entity,
      eventHead.entity,
      eventReceipt.entity,
      publishedEvent.entity,
      movedCursorKey.entity,
      publication.entity,
    ]),
  ],
  providers: [EventFeed, EventMetrics, EventPublisher, EventRetentionService],
  exports: [EventFeed, EventPublisher, EventRetentionService],
})
export class EventsModule {}
