import type { Decision } from './decision.ts';
import { nameOf, plainLink } from './fresh-link.ts';
import type { LinkState, Person } from './person.ts';
import type { Reason } from './reason.ts';

/**
 * The seats that a plan may give away.
 *
 * @property limit how many members may be active
 * @property free how many more may become active
 * @property order the people who may need one, by their directory user: who has the lowest number comes first; null: there
 *   is one for each of them. Somebody who is not named comes after everybody who is
 */
export interface FreeSeats {
  limit: number;
  free: number;
  order: ReadonlyMap<string, number> | null;
}

/** Whether this makes an active member of somebody who is none: a new one, or one who was deactivated or removed. */
export function takesSeat({ kind, fields }: Pick<Decision, 'kind' | 'fields'>): boolean {
  if (kind === 'create') return true;
  return fields.some(({ field, after }) => field === 'status' && after === 'active');
}

/**
 * The seats of a plan while it is made. Somebody gets one as soon as it is certain that all who come before them have what
 * they need: people before them who need none, such as those in conflict, leave theirs to others. So never more seats are
 * given away than are free, in whatever order people are decided about.
 */
export class SeatLedger {
  readonly limit: number;
  private free: number;
  private given = 0;
  private readonly order: FreeSeats['order'];
  /** The numbers of those who turned out to need none. */
  private readonly unneeded: number[];

  constructor({ limit, free, order }: FreeSeats, unneeded: readonly number[] = []) {
    this.limit = limit;
    this.free = free;
    this.order = order;
    this.unneeded = [...unneeded];
  }

  /** The same, to be tried out: what is given there is still free here. */
  copy(): SeatLedger {
    const { limit, free, order, unneeded } = this;
    const copy = new SeatLedger({ limit, free, order }, unneeded);
    copy.given = this.given;
    return copy;
  }

  /** Gives this person a seat if there is one for them. */
  give(directoryUserId: string): boolean {
    if (this.given >= this.free) return false;
    if (this.order !== null) {
      const place = this.order.get(directoryUserId) ?? Number.POSITIVE_INFINITY;
      const before = this.unneeded.filter((unneeded) => unneeded < place).length;
      if (place - before >= this.free) return false;
    }
    this.given += 1;
    return true;
  }

  /** This person needs no seat. */
  pass(directoryUserId: string): void {
    const place = this.order?.get(directoryUserId);
    if (place !== undefined && !this.unneeded.includes(place)) this.unneeded.push(place);
  }

  /** An active member goes, whose seat is free. */
  takeBack(): void {
    this.free += 1;
  }
}

/** The person waits for a seat: nothing of the decision is written but that. */
export function awaitSeat(person: Person, decided: Decision, limit: number): Decision {
  const { kind, basedOn } = decided;
  const reason: Reason = { code: 'no-seat', params: { kind, limit } };
  const memberId = person.link?.memberId ?? null;
  const externalId = person.directoryUser?.externalId ?? person.link?.externalId ?? null;
  const known = plainLink({ memberId, externalId, name: nameOf(person) });
  const link: LinkState = { ...known, state: 'waiting', reason, basedOn };
  return {
    ...decided,
    kind: 'held',
    reason,
    memberId,
    member: null,
    link,
    groups: null,
    waitsFor: null,
    removal: false,
    heldRole: null,
    awaitsRole: false,
  };
}
