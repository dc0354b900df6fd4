import type { Digest } from './digest.ts';

/** An event of a member, as far as the digest needs it. */
export interface MemberStep {
  id: string;
  version: string;
  type: string;
  /** The status before, of an event that changed it. */
  statusBefore: string | null;
  /** The status at the end of the event's transaction. */
  status: string;
}

/** What a member was before some events, and is after them. */
interface MemberPath {
  versionBefore: bigint;
  /** Known from the first event that changed it; null while none did. */
  wasRemoved: boolean | null;
  version: string;
  isRemoved: boolean;
}

/**
 * Brings a digest forward by events. Each member is taken out in the version before the first of their events, and put in
 * in that of the last, as far as they count. The last event must be that of a whole transaction: of a member that changed
 * several times in one, each event tells the status at its end.
 */
export class EventFold {
  private readonly paths = new Map<string, MemberPath>();

  /** Takes further events, in order. */
  take(steps: Iterable<MemberStep>): void {
    for (const step of steps) {
      const path = this.paths.get(step.id);
      const was = wasRemovedBefore(step);
      if (path === undefined) this.paths.set(step.id, beginning(step, was));
      else {
        path.wasRemoved ??= was;
        path.version = step.version;
        path.isRemoved = isRemovedAfter(step);
      }
    }
  }

  /** Writes what the events did into a digest, one member for each step of the iterator. */
  *into(digest: Digest): Generator<void> {
    for (const [id, { versionBefore, wasRemoved, version, isRemoved }] of this.paths) {
      // If no event changed the status, it was before what it is now.
      if (versionBefore > 0n && !(wasRemoved ?? isRemoved)) digest.take(id, String(versionBefore));
      if (!isRemoved) digest.add(id, version);
      yield;
    }
  }
}

function beginning(step: MemberStep, wasRemoved: boolean | null): MemberPath {
  const { version } = step;
  return { versionBefore: BigInt(version) - 1n, wasRemoved, version, isRemoved: isRemovedAfter(step) };
}

function wasRemovedBefore({ type, statusBefore }: MemberStep): boolean | null {
  if (statusBefore !== null) return statusBefore === 'removed';
  // A member who is removed now was not before, nor was one who is deactivated now.
  return type === 'member.removed' || type === 'member.deactivated' ? false : null;
}

function isRemovedAfter({ type, status }: MemberStep): boolean {
  return type === 'member.removed' || status === 'removed';
}
