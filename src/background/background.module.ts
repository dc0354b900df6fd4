import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { BackgroundTasks } from './background-tasks.ts';

/** Provides the one mechanism for work that no request waits for; `@nestjs/schedule` keeps its timers. */
@Global()
@Module({ imports: [ScheduleModule.forRoot()], providers: [BackgroundTasks], exports: [BackgroundTasks] })
export class BackgroundModule {}
