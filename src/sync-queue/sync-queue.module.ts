import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { QueueMetrics } from './queue-metrics.ts';
import { syncQueue } from './sync-queue.table.ts';

/**
 * The people that a run has to look at. This room is the only one that writes the queue, but for the erasure of a
 * workspace: `enqueue.ts` and `queue-people.ts` put people in, `handled-people.ts` takes them out. Runs claim people in
 * `sync/planning/claim-people.ts`.
 */
@Module({ imports: [TypeOrmModule.forFeature([syncQueue.entity])], providers: [QueueMetrics] })
export class SyncQueueModule {}
