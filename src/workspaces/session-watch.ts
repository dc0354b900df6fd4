import { Injectable } from '@nestjs/common';
import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  filter,
  finalize,
  from,
  type Observable,
  share,
  take,
  timer,
} from 'rxjs';
import { inBackground } from '../database/background.ts';
import { seconds } from '../errors/duration.ts';
import { type Session, SessionsService } from './sessions.service.ts';

/** How often it is looked whether the sessions of open streams are over, with one statement for all of them. */
export const watchedEveryMs = seconds(1);

type WatchedSession = Pick<Session, 'workspaceId' | 'id'>;

interface Look {
  asked: ReadonlySet<string>;
  live: ReadonlySet<string>;
}

/** Tells open streams that their session is over: it was ended somewhere, has expired, or was not used. */
@Injectable()
export class SessionWatch {
  private readonly watched = new Map<string, { session: WatchedSession; streams: number }>();
  private readonly looks: Observable<Look> = timer(watchedEveryMs, watchedEveryMs).pipe(
    concatMap(() => defer(() => from(inBackground(() => this.look()))).pipe(catchError(() => EMPTY))),
    share(),
  );

  constructor(private readonly sessions: SessionsService) {}

  /** Emits once when the session is over. */
  endOf(session: WatchedSession): Observable<unknown> {
    const { id } = session;
    return defer(() => {
      this.count(session, 1);
      return this.looks;
    }).pipe(
      filter(({ asked, live }) => asked.has(id) && !live.has(id)),
      take(1),
      finalize(() => this.count(session, -1)),
    );
  }

  private async look(): Promise<Look> {
    const watched = [...this.watched.values()].map(({ session }) => session);
    return { asked: new Set(watched.map(({ id }) => id)), live: await this.sessions.liveOnes(watched) };
  }

  private count(session: WatchedSession, change: 1 | -1): void {
    const streams = (this.watched.get(session.id)?.streams ?? 0) + change;
    if (streams === 0) this.watched.delete(session.id);
    else this.watched.set(session.id, { session, streams });
  }
}
