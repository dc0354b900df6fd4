import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextSyncAt, nightOf } from './next-sync.ts';
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
    at = nextSyncAt({ dailySyncAt, timeZone }, id, at);
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
    const schedule = { dailySyncAt: '02:00', timeZone: 'UTC' };
    const first = nextSyncAt(schedule, workspaceId, new Date('2026-11-24T00:00:00Z'));
    expect(first.toISOString()).toMatch(/^2026-11-24T02:/);
    expect(nextSyncAt(schedule, workspaceId, first).getTime() - first.getTime()).toBe(86_400_000);
    expect(nextSyncAt(schedule, workspaceId, new Date(first.getTime() - 1))).toEqual(first);
  });

  it('starts workspaces at different seconds of the hour, each always at its own', () => {
    const after = new Date('2026-11-24T00:00:00Z');
    const seconds = new Set<number>();
    for (let n = 0; n < 1000; n += 1) {
      const due = nextSyncAt({ dailySyncAt: '02:00', timeZone: 'UTC' }, `workspace ${n}`, after);
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

/** Local dates that have at least one moment, in order. */
function datesFrom(timeZone: string, first: string, count: number): string[] {
  const dates: string[] = [];
  for (let date = Temporal.PlainDate.from(first); dates.length < count; date = date.add({ days: 1 })) {
    if (date.toZonedDateTime(timeZone).toPlainDate().equals(date)) dates.push(date.toString());
  }
  return dates;
}
