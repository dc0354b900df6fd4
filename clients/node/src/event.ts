import type { components } from './openapi.ts';

/** Something that happened, as the feed and webhooks tell it. */
export type Event = components['schemas']['EventResponse'];

/** A page of the feed. */
export type EventPage = components['schemas']['EventPageResponse'];

/** What happened. */
export type EventType = Event['type'];

/** A member, as events, snapshots and answers show them. */
export type Member = components['schemas']['ProductMemberResponse'];

/** A group of members. */
export interface Group {
  id: string;
  name: string;
}

/** That a member belongs to a group. */
export interface Membership {
  groupId: string;
  memberId: string;
}

/** The member that an event is about, after the change; null for events about something else. */
export function memberOf(event: Event): Member | null {
  return event.subject.kind === 'member' ? (event.data as unknown as Member) : null;
}

/** Whether an event says that somebody may no longer use the product: end their sessions and tokens. */
export function endsAccess(event: Event): boolean {
  const member = memberOf(event);
  return member !== null && member.access !== 'granted';
}
