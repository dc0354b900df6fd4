import { AsyncLocalStorage } from 'node:async_hooks';
import { ClientGoneError } from '../../errors/domain-errors.ts';
import type { LaneName, ShareName } from './lane.ts';

/** A connection whose statements the request can end. */
interface EndsEarly {
  endStatement(because: Error): void;
}

/**
 * The request that statements run for. When its client goes, they end with it.
 */
export class Asker {
  /** The connections that it holds. */
  readonly connections = new Set<EndsEarly>();
  /** Requests with the same key share these connections; null: first come, first served. */
  readonly shareKey: (share: ShareName) => string | null;
  private gone = false;

  constructor(shareKey: (share: ShareName) => string | null) {
    this.shareKey = shareKey;
  }

  /** Whether nobody waits for the answer any more. */
  get isGone(): boolean {
    return this.gone;
  }

  /** Ends the running statements and refuses later ones. */
  leave(): void {
    this.gone = true;
    for (const connection of this.connections) connection.endStatement(new ClientGoneError());
  }
}

/** In which lane statements run at the moment, and for which request. */
export interface Task {
  readonly lane: LaneName;
  readonly asker: Asker | null;
}

const tasks = new AsyncLocalStorage<Task>();

/** Work that the clock starts: nobody waits for it. */
const ofNobody: Task = { lane: 'background', asker: null };

/** Lanes whose work goes on after the client that caused it has gone. */
const detached: ReadonlySet<LaneName> = new Set(['access', 'leavers', 'webhooks', 'runs', 'background']);

export function currentTask(): Task {
  return tasks.getStore() ?? ofNobody;
}

/** Runs a request: all of its statements are in this lane unless they say otherwise. */
export function serve(lane: LaneName, asker: Asker, work: () => void): void {
  tasks.run({ lane, asker }, work);
}

/** Runs the statements of some work for another task than the present one, such as several requests together. */
export function inTask<T>(task: Task, work: () => T): T {
  return tasks.run(task, work);
}

/**
 * Runs the statements of some work in another lane than the rest of the request. In lanes that serve no request, the work
 * leaves the request altogether.
 */
export function inLane<T>(lane: LaneName, work: () => T): T {
  return tasks.run({ lane, asker: detached.has(lane) ? null : currentTask().asker }, work);
}

/** {@link inLane} for a whole method. What its answer reads later, such as the parts of a stream, needs `ofThisTask`. */
export function InLane(lane: LaneName) {
  return <This, Given extends unknown[], Answer>(
    _target: object,
    _name: string | symbol,
    descriptor: TypedPropertyDescriptor<(this: This, ...given: Given) => Answer>,
  ): void => {
    const method = descriptor.value;
    if (method === undefined) throw new Error('InLane belongs on a method');
    descriptor.value = function (this: This, ...given: Given) {
      return inLane(lane, () => method.apply(this, given));
    };
  };
}

/** The same function, bound to the present lane and request wherever it is called from. */
export function ofThisTask<Given extends unknown[], Answer>(
  work: (...given: Given) => Answer,
): (...given: Given) => Answer {
  return AsyncLocalStorage.bind(work);
}
