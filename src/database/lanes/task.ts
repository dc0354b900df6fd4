import { AsyncLocalStorage } from 'node:async_hooks';
import { ClientGoneError } from '../../errors/domain-errors.ts';
import type { LaneName } from './lane.ts';

/** A connection that works for somebody, as far as that one can end it. */
interface EndsEarly {
  endStatement(because: Error): void;
}

/**
 * The request on whose behalf statements run. When its client goes, they end with it.
 */
export class Asker {
  /** The connections that it holds. */
  readonly connections = new Set<EndsEarly>();
  /** Who shares connections with this one; null while nobody is known to ask. */
  readonly shareKey: () => string | null;
  private gone = false;

  constructor(shareKey: () => string | null) {
    this.shareKey = shareKey;
  }

  /** Whether nobody waits for the answer any more. */
  get isGone(): boolean {
    return this.gone;
  }

  /** Ends what runs for it; what would follow is refused. */
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

/** What nobody waits for: whatever is begun by the clock. */
const ofNobody: Task = { lane: 'background', asker: null };

/** Lanes whose work goes on though the client that may have caused it has gone. */
const detached: ReadonlySet<LaneName> = new Set(['access', 'leavers', 'runs', 'background']);

export function currentTask(): Task {
  return tasks.getStore() ?? ofNobody;
}

/** Runs a request: all statements that it asks for are in this lane, unless they say otherwise. */
export function serve(lane: LaneName, asker: Asker, work: () => void): void {
  tasks.run({ lane, asker }, work);
}

/**
 * Has work ask its statements in another lane than the rest of the request. In the lanes that serve no request it leaves
 * the request altogether.
 */
export function inLane<T>(lane: LaneName, work: () => T): T {
  return tasks.run({ lane, asker: detached.has(lane) ? null : currentTask().asker }, work);
}

/** {@link inLane} for all that a method asks; what its answer reads later, a stream's parts say, takes `ofThisTask`. */
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

/** The same function, which asks its statements in the lane and for the request of now, wherever it is called from. */
export function ofThisTask<Given extends unknown[], Answer>(
  work: (...given: Given) => Answer,
): (...given: Given) => Answer {
  return AsyncLocalStorage.bind(work);
}
