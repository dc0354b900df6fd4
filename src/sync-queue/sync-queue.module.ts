import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SyncQueueEntity } from './sync-queue.entity.ts';

/**
 * The people whom a run has to look at, and the one door through which they are queued: `enqueue` and the functions of
 * `queue-people.ts` write, runs claim and read (`sync/planning/claim-people.ts`), `deleteHandled` ends it.
 */
@Module({ imports: [TypeOrmModule.forFeature([SyncQueueEntity])] })
export class SyncQueueModule {}
