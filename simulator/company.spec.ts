import { describe, expect, it } from '@jest/globals';
import { company, type Company } from './company.ts';
import { nextDay, restoreLeaver } from './next-day.ts';

/** The company on its first eight days. */
function days(seed: number, users: number): Company[] {
  const all = [company(seed, users, 20)];
  for (let day = 1; day < 8; day += 1) all.push(nextDay(all[day - 1] as Company).company);
  return all;
}

describe('company', () => {
  it('is the same for the same seed and another for another', () => {
    expect(company(7, 60, 5)).toEqual(company(7, 60, 5));
    expect(company(8, 60, 5).people[0]).not.toEqual(company(7, 60, 5).people[0]);
  });

  it('has the size that was asked for, from nobody on', () => {
    for (const users of [0, 1, 2, 11, 500]) {
      const made = company(1, users, 23);
      expect([made.people.length, made.groups.length]).toEqual([users, 23]);
      expect(new Set(made.groups.map((group) => group.displayName)).size).toBe(23);
    }
  });

  it('has names with accents, apostrophes and hyphens, and addresses in ASCII', () => {
    const { people } = company(1, 500, 0);
    const names = people.map((person) => person.displayName).join('\n');
    expect(names).toMatch(/[éøłß]/);
    expect(names).toMatch(/'/);
    expect(names).toMatch(/-/);
    for (const person of people)
      expect(person.userPrincipalName).toMatch(/^[a-z'-]+\.[a-z'-]+\d*@nordlicht\.example$/);
  });
});

describe('every day of a company', () => {
  it.each([5, 30, 500])('has unique user names, object ids and group names among %i people', (users) => {
    for (const { people, groups } of days(3, users)) {
      expect(new Set(people.map((person) => person.userPrincipalName.toLowerCase())).size).toBe(
        people.length,
      );
      expect(new Set([...people, ...groups].map((each) => each.objectId)).size).toBe(
        people.length + groups.length,
      );
      expect(new Set(groups.map((group) => group.displayName)).size).toBe(groups.length);
    }
  });

  it.each([5, 30, 500])('has managers that form one tree among %i people', (users) => {
    for (const { people } of days(4, users)) {
      const managers = new Map(people.map((person) => [person.objectId, person.managerId]));
      expect(people.filter((person) => person.managerId === null)).toHaveLength(1);
      for (const person of people) {
        let steps = 0;
        let current: string | null | undefined = person.objectId;
        while (current != null && steps <= people.length) {
          current = managers.get(current);
          steps += 1;
        }
        expect(current).toBeNull();
      }
    }
  });

  it('has group members who exist, each once', () => {
    for (const { people, groups } of days(5, 200)) {
      const ids = new Set(people.map((person) => person.objectId));
      for (const { members } of groups) {
        expect(new Set(members).size).toBe(members.length);
        expect(members.filter((id) => !ids.has(id))).toEqual([]);
      }
    }
  });
});

describe('nextDay', () => {
  it('is the same for the same company and leaves that as it was', () => {
    const before = company(1, 100, 12);
    const copy = structuredClone(before);
    expect(nextDay(before)).toEqual(nextDay(before));
    expect(before).toEqual(copy);
  });

  it('brings every kind of event', () => {
    const { company: after, events } = nextDay(company(1, 500, 20));
    const counts = Object.fromEntries(
      Object.entries(events).map(([kind, names]: [string, string[]]) => [kind, names.length]),
    );
    expect(counts).toMatchObject({
      joiners: 10,
      movers: 20,
      leavers: 10,
      purged: 2,
      renamed: 1,
      restored: 1,
      tombstoned: 1,
    });
    expect(counts).toMatchObject({ groupsRenamed: 1 });
    expect(events.groupMembersAdded.length).toBeGreaterThan(0);
    expect(events.groupMembersRemoved.length).toBeGreaterThan(0);
    expect(after.people).toHaveLength(508);
  });

  it('puts the object id before the user name of who is soft-deleted, and purges that person the day after', () => {
    const tuesday = nextDay(company(1, 500, 20)).company;
    const [gone] = tuesday.people.filter((person) => person.softDeleted);
    expect(gone?.userPrincipalName).toMatch(/^[0-9a-f]{32}[a-z'-]+\./);
    expect(gone?.accountEnabled).toBe(false);
    const wednesday = nextDay(tuesday).company;
    expect(wednesday.people.some((person) => person.objectId === gone?.objectId)).toBe(false);
  });

  it('restores a leaver by mistake when asked', () => {
    const before = company(1, 500, 20);
    const after = nextDay(before).company;
    const { company: later, events } = restoreLeaver(before, after);
    const back = later.people.filter(
      (person, index) => person.accountEnabled !== after.people[index]?.accountEnabled,
    );
    expect(back.map((person) => person.displayName)).toEqual(events.restored);
    expect(back).toHaveLength(1);
  });
});
