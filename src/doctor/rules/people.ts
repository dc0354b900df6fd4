import { days, hours } from '../../errors/duration.ts';
import { readEmailAddress } from '../../member-directory/fields/email-address.ts';
import type { Facts, PersonFact } from '../facts/facts.ts';
import { agoMs, earliest, type Found, logOf, type Rule } from './rule.ts';

/** The newest people say how the identity provider is set up now. */
const newestPeople = 20;
/** So many must agree before the absence of something says anything. */
const agreeAtLeast = 3;
const someShare = 0.2;
const managersPeopleAtLeast = 20;
const managersArriveWithinMs = hours(1);
const tenurePeopleAtLeast = 100;
/** After so long somebody should have left. */
export const tenureMs = days(90);

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const guestMark = /#EXT#/i;
const startDomain = /@[^@]+\.onmicrosoft\.com$/i;

/** Names the first of the people concerned, and how many of how many they are. */
function named(people: readonly PersonFact[], of: readonly PersonFact[], value: string): Found | null {
  const [first] = people;
  if (first === undefined) return null;
  return {
    params: { name: first.name, value, count: people.length, of: of.length },
    since: earliest(people.map(({ createdAt }) => createdAt)),
    log: logOf({ kind: 'change', resourceId: first.id }),
  };
}

/** Finds what holds for most of the newest people, of which there must be enough. */
function most(
  people: readonly PersonFact[],
  holds: (person: PersonFact) => boolean,
  valueOf: (person: PersonFact) => string,
  atLeast = 1,
): Found | null {
  const concerned = people.filter(holds);
  const [first] = concerned;
  if (first === undefined || people.length < atLeast || concerned.length * 2 <= people.length) return null;
  return named(concerned, people, valueOf(first));
}

const withExternalId = ({ people }: Facts) =>
  people.filter(({ externalId }) => externalId !== null).slice(0, newestPeople);
const externalIdOf = ({ externalId }: PersonFact) => externalId ?? '';

/** `mailNickname` is the part before the @, unless an admin changed it. */
function isNickname({ externalId, userName, emails }: PersonFact, isEntra: boolean): boolean {
  if (externalId === null || externalId.includes('@') || guid.test(externalId)) return false;
  const lower = externalId.toLowerCase();
  return isEntra || [userName, ...emails].some((each) => each.split('@')[0]?.toLowerCase() === lower);
}

function activeNeverSent({ people }: Facts): Found | null {
  const known = people.filter(({ saidActive }) => saidActive !== null).slice(0, newestPeople);
  const silent = known.filter(({ saidActive }) => saidActive === false);
  if (known.length < agreeAtLeast || silent.length < known.length) return null;
  return named(silent, known, '');
}

function onMicrosoft({ people }: Facts): Found | null {
  const concerned = people.filter(({ userName }) => startDomain.test(userName) && !guestMark.test(userName));
  if (concerned.length === 0 || concerned.length < people.length * someShare) return null;
  return named(concerned, people, concerned[0]?.userName ?? '');
}

function noEmail({ people }: Facts): Found | null {
  const newest = people.slice(0, newestPeople);
  const lacks = ({ emails, userName }: PersonFact) =>
    emails.length === 0 && readEmailAddress(userName) === null;
  return most(newest, lacks, ({ userName }) => userName, agreeAtLeast);
}

function badEmail({ people }: Facts): Found | null {
  const concerned = people.filter(({ emails: [email] }) => email !== undefined && !isAddress(email));
  return named(concerned, people, concerned[0]?.emails[0] ?? '');
}

function isAddress(text: string): boolean {
  return readEmailAddress(text) !== null;
}

function managersUnknown(facts: Facts): Found | null {
  const waiting = facts.people.filter(({ managerValue, createdAt }) => {
    return managerValue !== null && agoMs(facts, createdAt) > managersArriveWithinMs;
  });
  const concerned = waiting.filter(({ isManagerKnown }) => !isManagerKnown);
  if (concerned.length < agreeAtLeast || concerned.length * 2 <= waiting.length) return null;
  return named(concerned, waiting, concerned[0]?.managerValue ?? '');
}

function managersNeverSent({ users, hasManagers, early }: Facts): Found | null {
  if (users < managersPeopleAtLeast || hasManagers) return null;
  return { params: { users }, since: early.since, log: null };
}

function nobodyLeft(facts: Facts): Found | null {
  const { early, deletions, users } = facts;
  if (early.since === null || early.count < tenurePeopleAtLeast || early.inactive > 0) return null;
  if (agoMs(facts, early.since) < tenureMs || deletions.length > 0) return null;
  const since = Math.floor(agoMs(facts, early.since) / days(1));
  return { params: { users, days: since }, since: early.since, log: null };
}

/** Once somebody is deactivated before they are deleted, it is as it should be. */
function deletedAtOnce({ deletions }: Facts): Found | null {
  // Tests of a connection create somebody and delete them at once.
  const real = deletions.filter(
    ({ at, createdAt }) => createdAt === null || at.getTime() - createdAt.getTime() > hours(1),
  );
  const goodAt = real.findIndex(({ wasDeactivated }) => wasDeactivated);
  const concerned = goodAt === -1 ? real : real.slice(0, goodAt);
  const [first] = concerned;
  if (first === undefined) return null;
  return {
    params: { count: concerned.length },
    since: earliest(concerned.map(({ at }) => at)),
    log: logOf({ kind: 'change', resourceId: first.resourceId }),
  };
}

/** What the people say who arrived. */
export const peopleRules: readonly Rule[] = [
  { code: 'active-never-sent', severity: 'error', find: activeNeverSent },
  {
    code: 'external-id-mail-nickname',
    severity: 'warning',
    find: (facts) => {
      const isEntra = facts.provider === 'entra';
      return most(withExternalId(facts), (person) => isNickname(person, isEntra), externalIdOf);
    },
  },
  {
    code: 'external-id-is-address',
    severity: 'warning',
    find: (facts) =>
      most(withExternalId(facts), ({ externalId }) => externalId?.includes('@') === true, externalIdOf),
  },
  {
    code: 'external-id-missing',
    severity: 'info',
    find: ({ people }) => {
      const newest = people.slice(0, newestPeople);
      const isMissing = newest.every(({ externalId }) => externalId === null);
      return isMissing && newest.length >= agreeAtLeast ? named(newest, newest, '') : null;
    },
  },
  {
    code: 'user-name-is-id',
    severity: 'warning',
    find: ({ people }) =>
      most(
        people.slice(0, newestPeople),
        ({ userName }) => guid.test(userName),
        ({ userName }) => userName,
      ),
  },
  { code: 'user-name-onmicrosoft', severity: 'warning', find: onMicrosoft },
  { code: 'email-not-an-email', severity: 'warning', find: badEmail },
  { code: 'email-missing', severity: 'warning', find: noEmail },
  {
    code: 'names-missing',
    severity: 'warning',
    find: ({ people }) =>
      most(
        people.slice(0, newestPeople),
        ({ isNamed }) => !isNamed,
        ({ userName }) => userName,
        agreeAtLeast,
      ),
  },
  { code: 'managers-unknown', severity: 'warning', find: managersUnknown },
  { code: 'managers-never-sent', severity: 'info', find: managersNeverSent },
  { code: 'deleted-at-once', severity: 'warning', find: deletedAtOnce },
  {
    code: 'guests-sent',
    severity: 'info',
    find: ({ people }) => {
      const guests = people.filter(({ userName }) => guestMark.test(userName));
      return named(guests, people, guests[0]?.userName ?? '');
    },
  },
  { code: 'nobody-ever-left', severity: 'info', find: nobodyLeft },
];
