import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import {
  concatMap,
  distinctUntilChanged,
  from,
  map,
  type Observable,
  Subject,
  takeUntil,
  takeWhile,
  timer,
} from 'rxjs';
import type { Language } from '../errors/language.ts';
import { isOver, type Run, toRunView } from './run.ts';
import { SyncRunsService } from './sync-runs.service.ts';

/** How often the state of a watched run is read. */
const watchIntervalMs = 300;

/** Lets a run be watched, whichever process works on it. */
@Injectable()
export class RunEventsService implements OnModuleDestroy {
  private readonly closing = new Subject<void>();

  constructor(private readonly runs: SyncRunsService) {}

  /** Ends every stream, so that the server can close. */
  onModuleDestroy(): void {
    this.closing.next();
  }

  /**
   * Server-sent events `progress` whenever the run has moved on, then `end`; each carries RUN.
   *
   * @throws NotFoundError
   */
  async watch(workspaceId: string, runId: string, language: Language): Promise<Observable<MessageEvent>> {
    await this.runs.get(workspaceId, runId);
    return timer(0, watchIntervalMs).pipe(
      concatMap(() => from(this.runs.get(workspaceId, runId))),
      distinctUntilChanged((before, after) => JSON.stringify(before) === JSON.stringify(after)),
      takeWhile((run) => !isOver(run), true),
      map((run) => toEvent(run, language)),
      takeUntil(this.closing),
    );
  }
}

function toEvent(run: Run, language: Language): MessageEvent {
  return { type: isOver(run) ? 'end' : 'progress', data: toRunView(run, language) };
}
