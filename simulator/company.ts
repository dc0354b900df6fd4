import { firstNames, surnames } from './name-lists.ts';
import { SeededRandom } from './seeded-random.ts';
import { crossGroups, departments, offices, projectNames, type DepartmentPlan } from './workplace-lists.ts';

/** A person in the identity provider, in Entra's own words. */
export interface Person {
  objectId: string;
  userPrincipalName: string;
  mail: string | null;
  givenName: string;
  surname: string;
  displayName: string;
  jobTitle: string | null;
  department: string;
  employeeId: string;
  costCenter: string | null;
  workerType: 'employee' | 'contractor';
  streetAddress: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  telephoneNumber: string | null;
  mobile: string | null;
  preferredLanguage: string | null;
  /** objectId of the manager; null at the top of the tree. */
  managerId: string | null;
  accountEnabled: boolean;
  /** In the recycle bin: Entra has put the object id before the user principal name. */
  softDeleted: boolean;
}

/** A group in the identity provider; members are objectIds of people. */
export interface DirectoryGroup {
  objectId: string;
  displayName: string;
  members: string[];
}

/** All that the identity provider knows of one company on one day. */
export interface Company {
  seed: number;
  /** 0 on the first day. */
  day: number;
  people: Person[];
  groups: DirectoryGroup[];
}

/** Mail domain of the simulated company (RFC 2606 reserves the ending). */
export const mailDomain = 'nordlicht.example';
/** How many people report to one manager, at most. */
const reportsMax = 6;

/**
 * A company of the given size, the same for the same arguments.
 * The first person is at the top; managers form a tree. A few people are on leave (account disabled).
 * @param seed any integer
 * @param users number of people, 0 or more
 * @param groups number of groups, 0 or more
 */
export function company(seed: number, users: number, groups: number): Company {
  const random = new SeededRandom(seed);
  const taken = new Set<string>();
  const people = Array.from({ length: users }, (_, index) =>
    newPerson(random, taken, plannedRole(random, index)),
  );
  assignManagers(people);
  const onLeave = users < 5 ? 0 : Math.max(1, Math.round(users * 0.004));
  for (const person of random.sample(people.slice(Math.ceil(users / 2)), onLeave))
    person.accountEnabled = false;
  return { seed, day: 0, people, groups: newGroups(random, people, groups) };
}

/** Department and title of a new person. */
export interface Role {
  plan: DepartmentPlan;
  title: string;
}

/** A role for somebody who is not at the top. */
export function randomRole(random: SeededRandom): Role {
  // Engineering and sales come first in the list and are larger, as in most software companies.
  const plan = departments[Math.floor(random.next() ** 1.6 * departments.length)] ?? random.pick(departments);
  return { plan, title: random.pick(plan.titles) };
}

/**
 * A new person without a manager.
 * @param taken user principal names in use, lower case; the new one is added
 */
export function newPerson(random: SeededRandom, taken: Set<string>, role: Role): Person {
  const givenName = random.pick(firstNames);
  const surname = random.pick(surnames);
  const office = random.pick(offices);
  const userPrincipalName = freeAddress(taken, givenName, surname);
  const remote = random.chance(0.08);
  return {
    objectId: random.guid(),
    userPrincipalName,
    mail: random.chance(0.01) ? null : userPrincipalName,
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    jobTitle: random.chance(0.03) ? null : role.title,
    department: role.plan.name,
    employeeId: `E${random.digits(6)}`,
    costCenter: random.chance(0.1) ? null : `CC-${random.digits(4)}`,
    workerType: random.chance(0.12) ? 'contractor' : 'employee',
    streetAddress: remote ? null : office.street,
    postalCode: remote ? null : office.postalCode,
    city: remote ? null : office.city,
    country: remote ? null : office.country,
    telephoneNumber: random.chance(0.4) ? `${office.dialPrefix} 5550${random.digits(3)}` : null,
    mobile: random.chance(0.6) ? `${office.dialPrefix} 555${random.digits(5)}` : null,
    preferredLanguage: random.chance(0.1) ? null : office.language,
    managerId: null,
    accountEnabled: true,
    softDeleted: false,
  };
}

/** An unused address `first.last@…`; a number is added when the name is taken. The apostrophe stays, as Entra allows it. */
export function freeAddress(taken: Set<string>, givenName: string, surname: string): string {
  const local = `${asciiName(givenName)}.${asciiName(surname)}`;
  for (let count = 1; ; count += 1) {
    const address = `${local}${count === 1 ? '' : count}@${mailDomain}`;
    if (taken.has(address)) continue;
    taken.add(address);
    return address;
  }
}

const letters: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', ı: 'i', đ: 'd', æ: 'ae', å: 'a' };

function asciiName(name: string): string {
  const lower = name.toLowerCase().replace(/[ßøłıđæå]/g, (letter) => letters[letter] ?? letter);
  return lower.normalize('NFD').replace(/[^a-z'-]/g, '');
}

function plannedRole(random: SeededRandom, index: number): Role {
  if (index === 0)
    return { plan: departments[9] ?? random.pick(departments), title: 'Chief Executive Officer' };
  const led = departments[index - 1];
  return led === undefined ? randomRole(random) : { plan: led, title: led.head };
}

/** Everyone reports to someone earlier in the list of the own department, its first to the top: a tree by construction. */
function assignManagers(people: Person[]): void {
  const [top, ...others] = people;
  for (const { name } of departments) {
    const team = others.filter((person) => person.department === name);
    team.forEach((person, index) => {
      const manager = index === 0 ? top : team[Math.floor((index - 1) / reportsMax)];
      person.managerId = manager?.objectId ?? null;
    });
  }
}

function newGroups(random: SeededRandom, people: Person[], count: number): DirectoryGroup[] {
  const plans = [
    ...departments.map(({ name }) => ({
      displayName: name,
      has: (person: Person) => person.department === name,
    })),
    { displayName: 'Managers', has: managersOf(people) },
    ...offices.map(({ city }) => ({
      displayName: `${city} Office`,
      has: (person: Person) => person.city === city,
    })),
  ];
  const groups: DirectoryGroup[] = [];
  for (let index = 0; index < count; index += 1) {
    const plan = plans[index];
    const members = plan
      ? people.filter(plan.has)
      : random.sample(people, random.below(people.length / 20 + 5) + 1);
    groups.push({
      objectId: random.guid(),
      displayName: plan?.displayName ?? crossGroupName(index - plans.length),
      members: members.map((person) => person.objectId),
    });
  }
  return groups;
}

function managersOf(people: Person[]): (person: Person) => boolean {
  const managerIds = new Set(people.map((person) => person.managerId));
  return (person) => managerIds.has(person.objectId);
}

function crossGroupName(index: number): string {
  const beyond = index - crossGroups.length;
  if (beyond < 0) return crossGroups[index] ?? `Group ${index}`;
  const round = Math.floor(beyond / projectNames.length);
  return `Project ${projectNames[beyond % projectNames.length]}${round === 0 ? '' : ` ${round + 1}`}`;
}
