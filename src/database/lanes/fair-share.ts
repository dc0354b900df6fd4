import { BusyError, UnavailableError } from '../../errors/domain-errors.ts';

export interface ShareLimits {
  /** How many may be inside at a time, in all. */
  insideMax: number;
  /** How many of them may be of one key. */
  insideEachMax: number;
  /** How many of one key may wait. */
  waitingEachMax: number;
  waitMaxMs: number;
}

interface Party {
  inside: number;
  waiting: Waiter[];
}

interface Waiter {
  enter: () => void;
  timer: NodeJS.Timeout;
}

/**
 * Limits how many are inside at a time, in all and per key. Those who wait are let in by turns, one per key, so that a key
 * with many does not delay a key with few.
 */
export class FairShare {
  private readonly limits: ShareLimits;
  private readonly parties = new Map<string, Party>();
  private inside = 0;

  constructor(limits: ShareLimits) {
    this.limits = limits;
  }

  /**
   * Lets one in, which must call `leave` afterwards.
   *
   * @returns null when it is in at once, else the promise to wait for
   * @throws BusyError (as a rejection) when this key asks for more than it may have
   * @throws UnavailableError (as a rejection) when the others leave no room
   */
  enter(key: string): Promise<void> | null {
    let party = this.parties.get(key);
    if (party === undefined) this.parties.set(key, (party = { inside: 0, waiting: [] }));
    if (party.waiting.length === 0 && this.hasRoomFor(party)) {
      this.letIn(party);
      return null;
    }
    if (party.waiting.length >= this.limits.waitingEachMax) return Promise.reject(new BusyError());
    return this.wait(party);
  }

  leave(key: string): void {
    const party = this.parties.get(key);
    if (party === undefined) return;
    this.inside -= 1;
    party.inside -= 1;
    if (party.inside === 0 && party.waiting.length === 0) this.parties.delete(key);
    this.letNextIn();
  }

  private wait(party: Party): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        enter: () => {
          clearTimeout(waiter.timer);
          this.letIn(party);
          resolve();
        },
        timer: setTimeout(() => {
          party.waiting.splice(party.waiting.indexOf(waiter), 1);
          reject(this.waitsForItself(party) ? new BusyError() : new UnavailableError(noRoom));
        }, this.limits.waitMaxMs),
      };
      // A client that waits holds a connection open; the timer alone keeps no process alive.
      waiter.timer.unref();
      party.waiting.push(waiter);
    });
  }

  /**
   * Lets in who waits, as long as there is room: where the share of a key has grown meanwhile, more than one. The key that
   * let one in goes to the end of the line.
   */
  private letNextIn(): void {
    for (const [key, party] of this.parties) {
      if (this.inside >= this.limits.insideMax) return;
      if (party.waiting.length === 0 || !this.hasRoomFor(party)) continue;
      this.parties.delete(key);
      this.parties.set(key, party);
      party.waiting.shift()?.enter();
    }
  }

  private letIn(party: Party): void {
    this.inside += 1;
    party.inside += 1;
  }

  private hasRoomFor(party: Party): boolean {
    return this.inside < this.limits.insideMax && this.hasOwnRoom(party);
  }

  /** Whether it is this key that leaves no room: it has its share, or most of all there is. */
  private waitsForItself(party: Party): boolean {
    return !this.hasOwnRoom(party) || party.inside > this.inside / 2;
  }

  private hasOwnRoom(party: Party): boolean {
    return party.inside < this.limits.insideEachMax;
  }
}

const noRoom = 'The database has too much to do. Try again in a moment.';
