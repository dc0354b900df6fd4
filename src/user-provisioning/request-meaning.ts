import { own } from '../scim-core/resource.ts';
import type { LogRecord } from '../provisioning-log/provisioning-log.service.ts';
import type { ChangeFact, EventFact } from './request-facts.ts';

/** Longest value in a sentence, in characters. */
const valueLengthMaxChars = 120;

/** What requests are for; the page has a sentence for each, in the admin's language. */
export const meaningCodes = [
  'tested',
  'discovered',
  'found',
  'foundNothing',
  'listed',
  'read',
  'created',
  'deleted',
  'changed',
  'cleared',
  'deactivated',
  'reactivated',
  'joined',
  'left',
  'membersChanged',
  'unchanged',
  'bulk',
  'refused',
  'other',
] as const;
export type MeaningCode = (typeof meaningCodes)[number];

/** What a request meant: a code, and what its sentence names. What does not apply is null. */
export interface Meaning {
  code: MeaningCode;
  /** The type of the resource that it was about. */
  resourceType: 'User' | 'Group' | null;
  /** What the person or the group is called. */
  name: string | null;
  /** The attribute that was changed or asked for, as SCIM calls it. */
  attribute: string | null;
  /** What it became, or what was looked for. */
  value: string | number | boolean | null;
  /** Who joined or left: the first of them. */
  member: string | null;
  /** How many were found, listed, joined or left; of a bulk request, how many operations it had. */
  count: number | null;
  /** How many further attributes changed. */
  more: number;
  /** What a refused request wanted to do. */
  wanted: 'create' | 'change' | 'delete' | 'read' | null;
}

type Told = Pick<
  LogRecord,
  'method' | 'path' | 'status' | 'resourceType' | 'resourceId' | 'found' | 'subject'
>;
type NameOf = (id: string) => string | null;

const nothing: Omit<Meaning, 'code'> = {
  resourceType: null,
  name: null,
  attribute: null,
  value: null,
  member: null,
  count: null,
  more: 0,
  wanted: null,
};

/**
 * What a request meant: "Anna Schmidt's department became Sales".
 *
 * @param events what it left in the history, in their order
 * @param nameOf what a person or a group of the directory is called
 */
export function meaningOf(request: Told, events: readonly EventFact[], nameOf: NameOf): Meaning {
  const { method, path, status, resourceType } = request;
  const about = { ...nothing, resourceType, name: request.resourceId && nameOf(request.resourceId) };
  if (status >= 400) {
    return { ...about, name: about.name ?? request.subject, code: 'refused', wanted: wantedBy(request) };
  }
  if (/^\/(ServiceProviderConfig|Schemas|ResourceTypes)/i.test(path)) return { ...about, code: 'discovered' };
  if (/^\/Bulk/i.test(path)) return { ...about, code: 'bulk', count: request.found };
  if (isRead(request)) return readMeaning(request, about);
  const [event] = events;
  if (event?.kind === 'created') return { ...about, code: 'created' };
  if (event?.kind === 'deleted') return { ...about, code: 'deleted' };
  if (event !== undefined) return changeMeaning(events, about, nameOf);
  if (method === 'POST') return { ...about, code: 'created' };
  if (method === 'DELETE') return { ...about, code: 'deleted' };
  return { ...about, code: method === 'PUT' || method === 'PATCH' ? 'unchanged' : 'other' };
}

/** Whose names a sentence about the events may need, beside that of their resource. */
export function idsNamedIn(events: readonly EventFact[]): string[] {
  return events.flatMap(({ changes }) =>
    changes.flatMap(({ added = [], removed = [], after }) => [...added, ...removed, ...managerIn(after)]),
  );
}

function wantedBy(request: Told): Meaning['wanted'] {
  if (isRead(request)) return 'read';
  if (request.method === 'DELETE') return 'delete';
  return request.method === 'POST' ? 'create' : 'change';
}

function isRead({ method, path }: Told): boolean {
  return method === 'GET' || /\/\.search/i.test(path);
}

function readMeaning({ path, found, resourceId }: Told, about: Omit<Meaning, 'code'>): Meaning {
  const query = new URLSearchParams(path.split('?', 2)[1]);
  const [, attribute, value] = /^\s*(\S.*?)\s+eq\s+"?(.*?)"?\s*$/i.exec(query.get('filter') ?? '') ?? [];
  if (attribute !== undefined && value !== undefined) {
    const asked = { ...about, attribute: withoutValueFilter(attribute), value: short(value), count: found };
    if (found !== 0) return { ...asked, code: 'found' };
    return { ...asked, code: isInvented(attribute, value) ? 'tested' : 'foundNothing' };
  }
  if (resourceId !== null && !resourceId.startsWith('.')) return { ...about, code: 'read' };
  if (found === null) return { ...about, code: 'other' };
  const isProbe = !query.has('filter') && Number(query.get('count') ?? Infinity) <= probeCountMax;
  return { ...about, code: isProbe ? 'tested' : 'listed', count: found };
}

/** Okta's test of a connection asks for a page of two; an import asks for hundreds. */
const probeCountMax = 2;

/** Entra's test of a connection looks for a userName that it has just made up, a UUID. */
function isInvented(attribute: string, value: string): boolean {
  return /^userName$/i.test(attribute) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function changeMeaning(events: readonly EventFact[], about: Omit<Meaning, 'code'>, nameOf: NameOf): Meaning {
  const changes = events.flatMap((event) => event.changes);
  const total = events.reduce((sum, { changesCount }) => sum + changesCount, 0);
  const more = total - 1;
  const active = changes.find(({ path }) => path === 'active');
  if (active?.after === false) return { ...about, code: 'deactivated', more };
  if (active?.before === false) return { ...about, code: 'reactivated', more };
  const first = changes.find(({ path }) => path !== 'schemas') ?? changes[0];
  if (first === undefined) return { ...about, code: 'unchanged' };
  if (first.added !== undefined) return membershipMeaning(changes, about, nameOf);
  const { path: attribute, before, after } = first;
  // A renamed person is shown under the old name.
  const name = attribute === 'displayName' && typeof before === 'string' ? before : about.name;
  if (after === null || after === undefined) return { ...about, name, code: 'cleared', attribute, more };
  return { ...about, name, code: 'changed', attribute, value: plainValue(after, nameOf), more };
}

function membershipMeaning(
  changes: readonly ChangeFact[],
  about: Omit<Meaning, 'code'>,
  nameOf: NameOf,
): Meaning {
  const joined = changes.reduce((sum, { addedCount = 0 }) => sum + addedCount, 0);
  const left = changes.reduce((sum, { removedCount = 0 }) => sum + removedCount, 0);
  const more = changes.filter(({ added }) => added === undefined).length;
  const firstOf = (key: 'added' | 'removed') => {
    const id = changes.flatMap((change) => change[key] ?? [])[0];
    return id === undefined ? null : nameOf(id);
  };
  if (left === 0) return { ...about, code: 'joined', member: firstOf('added'), count: joined, more };
  if (joined === 0) return { ...about, code: 'left', member: firstOf('removed'), count: left, more };
  return { ...about, code: 'membersChanged', count: joined + left, more };
}

/** A value for a sentence: a text, a number, yes or no; the values of a list; the name of a manager. */
function plainValue(value: unknown, nameOf: NameOf): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return short(value);
  if (Array.isArray(value)) {
    return short(
      value
        .map((each) => plainValue(each, nameOf))
        .filter((each) => each !== null)
        .join(', '),
    );
  }
  const [manager] = managerIn(value);
  const text = (manager && nameOf(manager)) ?? own(value, 'displayName') ?? own(value, 'display');
  return plainValue(text ?? own(value, 'formatted') ?? own(value, 'value'), nameOf);
}

function managerIn(value: unknown): string[] {
  const id = Array.isArray(value) ? undefined : own(value, 'value');
  return typeof id === 'string' ? [id] : [];
}

function short(text: string): string {
  return text.length > valueLengthMaxChars ? `${text.slice(0, valueLengthMaxChars)}…` : text;
}

/** `emails[type eq "work"].value` is about `emails`. */
function withoutValueFilter(attribute: string): string {
  return attribute.replace(/\[.*$/, '').replace(/\.value$/, '');
}
