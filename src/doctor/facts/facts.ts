import type { ReadingNote } from '../../scim-core/reading-note.ts';
import type { TokenAttempt } from '../../tokens/token-attempt.ts';
import type { Provider } from './provider.ts';

/** A person of the directory, as far as a rule asks. */
export interface PersonFact {
  id: string;
  name: string;
  userName: string;
  externalId: string | null;
  /** The values of `emails`, the primary one first, then that of type `work`. */
  emails: readonly string[];
  /** Whether any name arrived: shown, first or last. */
  isNamed: boolean;
  managerValue: string | null;
  /** Whether the manager's reference means somebody of the directory. */
  isManagerKnown: boolean;
  createdAt: Date;
  /** Whether one of the requests about the person said `active`; null: their bodies are not known any more. */
  saidActive: boolean | null;
}

/** The people who came first: how many of them are looked at, and how many of those are inactive. */
export interface EarlyPeople {
  count: number;
  inactive: number;
  since: Date | null;
}

/** A group of the directory. */
export interface GroupFact {
  id: string;
  name: string;
  createdAt: Date;
  isEmpty: boolean;
}

/** A group that is a member of another one. */
export interface NestedGroup {
  outer: string;
  outerId: string;
  inner: string;
}

/** One request of the provisioning log. */
export interface RequestFact {
  id: string;
  at: Date;
  tokenId: string | null;
  method: string;
  path: string;
  status: number;
  resourceType: 'User' | 'Group' | null;
  resourceId: string | null;
  userAgent: string | null;
  /** How many a lookup found. */
  found: number | null;
}

/** A refused write, and who or what it was about. */
export interface RefusalFact {
  at: Date;
  status: number;
  method: string;
  resourceType: 'User' | 'Group' | null;
  resourceId: string | null;
  /** Tells the person or group apart from others: an id, else what the body calls them. */
  target: string;
  name: string;
  detail: string;
  /** A later request of the same kind succeeded. */
  isResolved: boolean;
}

/** What of an attribute of a person was not read as sent, and has not been sent better since. */
export interface DroppedFact {
  at: Date;
  resourceId: string | null;
  note: ReadingNote;
}

/** A person who was deleted, and whether they had been deactivated before. */
export interface DeletionFact {
  at: Date;
  resourceId: string;
  createdAt: Date | null;
  wasDeactivated: boolean;
}

/**
 * What is known of a workspace's identity provider from its traffic. All of it is bounded: the newest people, requests and
 * so on, each found by an index, so that it costs the same for a company of 100 and of 100,000.
 */
export interface Facts {
  now: Date;
  provider: Provider | null;
  lastContact: { at: Date; status: number } | null;
  /** How many people there are; of a large company at least so many, where no rule needs the number. */
  users: number;
  /** How many groups there are, or more than are looked at. */
  groups: number;
  /** The newest first. */
  people: readonly PersonFact[];
  early: EarlyPeople;
  hasManagers: boolean;
  /** The newest first. */
  groupFacts: readonly GroupFact[];
  nested: readonly NestedGroup[];
  /** The newest first. */
  requests: readonly RequestFact[];
  /** The newest first, of the last days. */
  refusals: readonly RefusalFact[];
  /** The newest first, of the last days. */
  dropped: readonly DroppedFact[];
  /** Of the newest requests. */
  deletions: readonly DeletionFact[];
  /** The newest first. */
  attempts: readonly TokenAttempt[];
}
