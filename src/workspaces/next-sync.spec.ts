import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimOf, nextSyncAt, nightOf, type Schedule } from './next-sync.ts';
import { settingsDefault } from './settings.ts';
import { cases } from '../../test/harness/cases.ts';

const workspaceId = '01900000-0000-7000-8000-000000000001';
const zones = [
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
];

function daily(dailySyncAt: string, timeZone: string): Schedule {
  return { ...settingsDefault, dailySyncAt, timeZone };
}

function atTimes(times: string[], timeZone: string): Schedule {
  return { ...settingsDefault, timeZone, schedule: { which: 'times', times, everyHours: 1 } };
}

function everyHours(hours: number, timeZone: string): Schedule {
  return { ...settingsDefault, timeZone, schedule: { which: 'hours', times: [], everyHours: hours } };
}

/** The moments due after one and before another, by asking from each one for the next. */
function momentsOf(schedule: Schedule, from: Date, to: Date, id = workspaceId): Date[] {
  const due: Date[] = [];
  for (let at = nextSyncAt(schedule, id, from); at < to; at = nextSyncAt(schedule, id, at)) due.push(at);
  return due;
}

/** The moments due in a stretch of time, by asking from each one for the next. */
function dueBetween(
  timeZone: string,
  dailySyncAt: string,
  from: string,
  to: string,
  id = workspaceId,
): Date[] {
  const due: Date[] = [];
  const end = new Date(to);
  for (let at = new Date(from); ;) {
    at = nextSyncAt(daily(dailySyncAt, timeZone), id, at);
    if (at >= end) return due;
    due.push(at);
  }
}

function nightsOf(timeZone: string, due: Date[]): string[] {
  return due.map((at) => nightOf(timeZone, at));
}

function localTimeOf(timeZone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString();
}

describe('the next nightly synchronization', () => {
  it('is later the same day, or the next day when the time has passed', () => {
    const schedule = daily('02:00', 'UTC');
    const first = nextSyncAt(schedule, workspaceId, new Date('2026-11-24T00:00:00Z'));
    expect(first.toISOString()).toMatch(/^2026-11-24T02:/);
    expect(nextSyncAt(schedule, workspaceId, first).getTime() - first.getTime()).toBe(86_400_000);
    expect(nextSyncAt(schedule, workspaceId, new Date(first.getTime() - 1))).toEqual(first);
  });

  it('starts workspaces at different seconds of the hour, each always at its own', () => {
    const after = new Date('2026-11-24T00:00:00Z');
    const seconds = new Set<number>();
    for (let n = 0; n < 1000; n += 1) {
      const due = nextSyncAt(daily('02:00', 'UTC'), `workspace ${n}`, after);
      seconds.add((due.getTime() - Date.parse('2026-11-24T02:00:00Z')) / 1000);
    }
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seconds)).toBeLessThan(3600);
    expect(seconds.size).toBeGreaterThan(800);
  });

  it('runs once on the Berlin date that lacks the hour, and once on the one that has it twice', () => {
    const spring = dueBetween('Europe/Berlin', '02:00', '2026-03-27T12:00:00Z', '2026-03-31T12:00:00Z');
    expect(nightsOf('Europe/Berlin', spring)).toEqual([
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
      '2026-03-31',
    ]);
    expect(localTimeOf('Europe/Berlin', spring[1] ?? new Date(0))).toMatch(/^03:/);
    const autumn = dueBetween('Europe/Berlin', '02:00', '2026-10-23T12:00:00Z', '2026-10-27T12:00:00Z');
    expect(nightsOf('Europe/Berlin', autumn)).toEqual([
      '2026-10-24',
      '2026-10-25',
      '2026-10-26',
      '2026-10-27',
    ]);
    expect(autumn[1]?.toISOString()).toMatch(/^2026-10-25T00:/);
  });

  it('runs once on the São Paulo dates whose midnight is missing or comes twice', () => {
    const spring = dueBetween('America/Sao_Paulo', '00:00', '2018-11-02T12:00:00Z', '2018-11-06T12:00:00Z');
    expect(nightsOf('America/Sao_Paulo', spring)).toEqual([
      '2018-11-03',
      '2018-11-04',
      '2018-11-05',
      '2018-11-06',
    ]);
    const autumn = dueBetween('America/Sao_Paulo', '23:30', '2019-02-15T12:00:00Z', '2019-02-18T12:00:00Z');
    expect(nightsOf('America/Sao_Paulo', autumn)).toEqual(['2019-02-15', '2019-02-16', '2019-02-17']);
  });

  it('leaves out the date that Apia left out', () => {
    const due = dueBetween('Pacific/Apia', '02:00', '2011-12-28T22:00:00Z', '2012-01-01T22:00:00Z');
    expect(nightsOf('Pacific/Apia', due)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01', '2012-01-02']);
  });

  it('knows offsets of a quarter of an hour', () => {
    const [due] = dueBetween('Asia/Kathmandu', '02:00', '2026-11-23T18:15:00Z', '2026-11-24T18:15:00Z');
    expect(localTimeOf('Asia/Kathmandu', due ?? new Date(0))).toMatch(/^02:/);
    expect(due?.toISOString()).toMatch(/^2026-11-23T2[01]:/);
  });

  it('comes exactly once on every local date that exists', () => {
    const property = fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 1439 }),
      fc.uuid(),
      fc.date({ min: new Date('2008-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (timeZone, minuteOfDay, id, from) => {
        const dailySyncAt = new Date(minuteOfDay * 60_000).toISOString().slice(11, 16);
        const to = new Date(from.getTime() + 40 * 86_400_000);
        const nights = nightsOf(
          timeZone,
          dueBetween(timeZone, dailySyncAt, from.toISOString(), to.toISOString(), id),
        );
        expect(nights.length).toBeGreaterThanOrEqual(38);
        expect(nights).toEqual(datesFrom(timeZone, nights[0] ?? '', nights.length));
      },
    );
    fc.assert(property, cases(150));
  });
});

describe('the next of several synchronizations a day', () => {
  const hourMs = 3_600_000;
  const anyMoment = fc.date({
    min: new Date('2008-01-01'),
    max: new Date('2030-01-01'),
    noInvalidDate: true,
  });

  it('comes within a quarter of an hour from each of the times on', () => {
    const from = new Date('2026-11-24T00:00:00Z');
    const due = momentsOf(atTimes(['08:00', '18:30'], 'UTC'), from, new Date('2026-11-26T00:00:00Z'));
    const late = due.map(
      (at, n) => (at.getTime() - Date.parse(`2026-11-${24 + Math.floor(n / 2)}T00:00Z`)) / hourMs,
    );
    expect(due).toHaveLength(4);
    late.forEach((hours, n) => {
      expect(hours).toBeGreaterThanOrEqual(n % 2 === 0 ? 8 : 18.5);
      expect(hours).toBeLessThan(n % 2 === 0 ? 8.25 : 18.75);
    });
  });

  it('comes at each of the times exactly once on every local date, in order, also where the clocks are changed', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 6 });
    const property = fc.property(
      fc.constantFrom(...zones),
      minutes,
      fc.uuid(),
      anyMoment,
      (zone, all, id, from) => {
        const times = all.map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));
        const to = new Date(from.getTime() + 12 * 86_400_000);
        const due = momentsOf(atTimes(times, zone), from, to, id);
        const perDate = new Map<string, number>();
        for (const night of nightsOf(zone, due)) perDate.set(night, (perDate.get(night) ?? 0) + 1);
        // The first and the last date are cut off; two times may fall together where an hour is left out.
        for (const [night, count] of [...perDate].slice(1, -1)) {
          const together = hasMissingHour(zone, night) ? times.length - 1 : 0;
          expect(count).toBeLessThanOrEqual(times.length);
          expect(count).toBeGreaterThanOrEqual(times.length - together);
        }
        const keys = due.map((at) => JSON.stringify(claimOf(atTimes(times, zone), at)));
        expect(new Set(keys).size).toBe(due.length);
      },
    );
    fc.assert(property, cases(100));
  });

  it('comes every so many hours from local midnight on', () => {
    const from = new Date('2026-11-23T22:00:00Z');
    const due = momentsOf(everyHours(6, 'Europe/Berlin'), from, new Date('2026-11-24T22:00:00Z'));
    expect(due.map((at) => localTimeOf('Europe/Berlin', at).slice(0, 2))).toEqual(['00', '06', '12', '18']);
  });

  it('comes each hour of the Berlin dates with 23 and with 25 hours', () => {
    const spring = momentsOf(
      everyHours(1, 'Europe/Berlin'),
      new Date('2026-03-28T23:00Z'),
      new Date('2026-03-29T22:00Z'),
    );
    expect(spring).toHaveLength(23);
    const autumn = momentsOf(
      everyHours(1, 'Europe/Berlin'),
      new Date('2026-10-24T22:00Z'),
      new Date('2026-10-25T23:00Z'),
    );
    expect(autumn).toHaveLength(25);
  });

  it('is never further away than half as long again, and never nearer than half as long', () => {
    const property = fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(1, 2, 3, 4, 6, 8, 12),
      fc.uuid(),
      anyMoment,
      (zone, hours, id, from) => {
        const due = momentsOf(everyHours(hours, zone), from, new Date(from.getTime() + 5 * 86_400_000), id);
        for (const [n, at] of due.slice(1).entries()) {
          const gapHours = (at.getTime() - (due[n]?.getTime() ?? 0)) / hourMs;
          expect(gapHours).toBeGreaterThanOrEqual(hours / 2);
          expect(gapHours).toBeLessThanOrEqual(hours * 1.5);
        }
        expect(due.length).toBeGreaterThanOrEqual(Math.floor((4 * 24) / hours));
      },
    );
    fc.assert(property, cases(100));
  });
});

/** Whether the clocks are put forward on a local date, or its midnight is missing. */
function hasMissingHour(timeZone: string, date: string): boolean {
  const begin = Temporal.PlainDate.from(date).toZonedDateTime(timeZone);
  return begin.hoursInDay < 24 || begin.hour + begin.minute > 0;
}

/** Local dates that have at least one moment, in order. */
function datesFrom(timeZone: string, first: string, count: number): string[] {
  const dates: string[] = [];
  for (let date = Temporal.PlainDate.from(first); dates.length < count; date = date.add({ days: 1 })) {
    if (date.toZonedDateTime(timeZone).toPlainDate().equals(date)) dates.push(date.toString());
  }
  return dates;
}
