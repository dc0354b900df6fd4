import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import {
  concatMap,
  defer,
  distinctUntilChanged,
  finalize,
  from,
  map,
  type Observable,
  share,
  startWith,
  Subject,
  takeUntil,
  takeWhile,
  timer,
} from 'rxjs';
import { Config } from '../../config/config.ts';
import { inLane } from '../../database/lanes/task.ts';
import { BusyError } from '../../errors/domain-errors.ts';
import { SessionWatch } from '../../workspaces/session-watch.ts';
import type { Session } from '../../workspaces/sessions.service.ts';
import { isOver } from '../record/run.ts';
import type { RunResponse } from '../record/sync.dto.ts';
import type { Language } from '../../errors/sentence.ts';
import { SyncRunsService } from './sync-runs.service.ts';

/** How often the state of a watched run is read, however many watch it. */
const watchIntervalMs = 300;

/** Lets a run be watched, whichever process works on it. */
@Injectable()
export class RunEventsService implements OnModuleDestroy {
  private readonly closing = new Subject<void>();
  private readonly watched = new Map<string, Observable<RunResponse>>();
  private readonly streams = new Map<string, number>();

  /** Streams that one session may have open: several windows, and those of which the browser has not let go yet. */
  private readonly streamsMax: number;

  constructor(
    private readonly runs: SyncRunsService,
    private readonly sessions: SessionWatch,
    { quotas }: Config,
  ) {
    this.streamsMax = quotas.streamsPerSession;
  }

  /** Ends every stream, so that the server can close. */
  onModuleDestroy(): void {
    this.closing.next();
  }

  /**
   * Server-sent events `progress` whenever the run has moved on, then `end`; each carries RUN.
   *
   * @throws NotFoundError
   * The stream ends with the session, too.
   *
   * @throws BusyError when this session watches with too many streams already
   */
  async watch(session: Session, runId: string, language: Language): Promise<Observable<MessageEvent>> {
    const { workspaceId, id: sessionId } = session;
    const run = await this.runs.get(workspaceId, runId, language);
    if ((this.streams.get(sessionId) ?? 0) >= this.streamsMax) throw tooManyStreams(this.streamsMax);
    return defer(() => {
      this.count(sessionId, 1);
      return this.statesOf(workspaceId, run.id, language);
    }).pipe(
      startWith(run),
      distinctUntilChanged((before, after) => JSON.stringify(before) === JSON.stringify(after)),
      takeWhile((state) => !isOver(state), true),
      map(toEvent),
      takeUntil(this.closing),
      takeUntil(this.sessions.endOf(session)),
      finalize(() => this.count(sessionId, -1)),
    );
  }

  /** The states of a run, read once for all who watch it in one language, and for nobody in particular. */
  private statesOf(workspaceId: string, runId: string, language: Language): Observable<RunResponse> {
    const key = `${workspaceId} ${runId} ${language}`;
    let states = this.watched.get(key);
    if (states === undefined) {
      states = timer(0, watchIntervalMs).pipe(
        concatMap(() => from(inLane('background', () => this.runs.get(workspaceId, runId, language)))),
        finalize(() => this.watched.delete(key)),
        share(),
      );
      this.watched.set(key, states);
    }
    return states;
  }

  private count(sessionId: string, change: 1 | -1): void {
    const streams = (this.streams.get(sessionId) ?? 0) + change;
    if (streams === 0) this.streams.delete(sessionId);
    else this.streams.set(sessionId, streams);
  }
}

function tooManyStreams(max: number): BusyError {
  return new BusyError(`You watch runs in ${max} places already. Close some of them, then try again.`);
}

function toEvent(run: RunResponse): MessageEvent {
  return { type: isOver(run) ? 'end' : 'progress', data: run };
}
