import { describe, expect, it } from '@jest/globals';
import { BadInputError } from '../errors/domain-errors.ts';
import { parseBody } from '../http/validation/validation.ts';
import { SettingsChangeDto } from './settings.dto.ts';
import { isTimeZone, mergeSettings, settingsDefault } from './settings.ts';

function faultPathsOf(change: unknown): string[] {
  try {
    parseBody(SettingsChangeDto, change);
    return [];
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return [...new Set(error.errors.map(({ path }) => path))];
  }
}

describe('settings', () => {
  it('have defaults for what was never set', () => {
    expect(mergeSettings({})).toEqual(settingsDefault);
    expect(mergeSettings({ removalGuard: { percent: 5 } }).removalGuard).toEqual({ percent: 5, atLeast: 10 });
  });

  it('keep what a change does not name', () => {
    const stored = mergeSettings({ graceDays: 7, removalGuard: { atLeast: 3 } });
    const changed = mergeSettings(stored, { timeZone: 'Asia/Kathmandu', removalGuard: { percent: 50 } });
    expect(changed).toEqual({
      ...stored,
      timeZone: 'Asia/Kathmandu',
      removalGuard: { percent: 50, atLeast: 3 },
    });
  });

  it.each([
    { dailySyncAt: '00:00' },
    { dailySyncAt: '23:59', timeZone: 'America/Sao_Paulo' },
    { schedule: { which: 'times', times: ['08:00', '18:30'] } },
    { schedule: { which: 'hours', everyHours: 6 } },
    { returners: 'next_sync' },
    { leavers: 'next_sync', onLeave: 'delete', graceDays: 365, linkByEmail: false },
    { absentActiveIsInactive: true },
    { removalGuard: { percent: 0, atLeast: 0 } },
    { removalGuard: { percent: 12.5 } },
    { groups: { which: 'matching', pattern: 'Team *' } },
    { groups: { which: 'picked', picked: ['01890000-0000-7000-8000-000000000000'] } },
    {},
  ])('may be changed by %j', (change) => expect(faultPathsOf(change)).toEqual([]));

  it.each([
    [{ dailySyncAt: '24:00' }, 'dailySyncAt'],
    [{ dailySyncAt: '2:00' }, 'dailySyncAt'],
    [{ dailySyncAt: 200 }, 'dailySyncAt'],
    [{ schedule: null }, 'schedule'],
    [{ schedule: { which: 'weekly' } }, 'schedule.which'],
    [{ schedule: { times: [] } }, 'schedule.times'],
    [{ schedule: { times: ['8:00'] } }, 'schedule.times'],
    [{ schedule: { times: Array.from({ length: 25 }, (_, n) => `00:${n + 10}`) } }, 'schedule.times'],
    [{ schedule: { everyHours: 5 } }, 'schedule.everyHours'],
    [{ schedule: { everyHours: 0 } }, 'schedule.everyHours'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ timeZone: '+01:00' }, 'timeZone'],
    [{ timeZone: 'SystemV/AST4' }, 'timeZone'],
    [{ timeZone: 'Europe/Berlin\0' }, 'timeZone'],
    [{ timeZone: null }, 'timeZone'],
    [{ leavers: 'never' }, 'leavers'],
    [{ returners: 'never' }, 'returners'],
    [{ returners: null }, 'returners'],
    [{ onLeave: 'archive' }, 'onLeave'],
    [{ graceDays: 366 }, 'graceDays'],
    [{ graceDays: 1.5 }, 'graceDays'],
    [{ linkByEmail: 'yes' }, 'linkByEmail'],
    [{ absentActiveIsInactive: 'true' }, 'absentActiveIsInactive'],
    [{ absentActiveIsInactive: null }, 'absentActiveIsInactive'],
    [{ removalGuard: null }, 'removalGuard'],
    [{ removalGuard: [] }, 'removalGuard'],
    [{ removalGuard: { percent: 101 } }, 'removalGuard.percent'],
    [{ removalGuard: { percent: Number.NaN } }, 'removalGuard.percent'],
    [{ removalGuard: { atLeast: -1 } }, 'removalGuard.atLeast'],
    [{ removalGuard: { maximum: 1 } }, 'removalGuard.maximum'],
    [{ groups: { which: 'some' } }, 'groups.which'],
    [{ groups: { pattern: '' } }, 'groups.pattern'],
    [{ groups: { picked: ['team'] } }, 'groups.picked'],
    [{ colour: 'red' }, 'colour'],
  ])('refuse %j at %s', (change, path) => expect(faultPathsOf(change)).toEqual([path]));

  it('have each time of a schedule once, in order', () => {
    const { schedule } = mergeSettings(
      {},
      { schedule: { which: 'times', times: ['18:00', '08:00', '18:00'] } },
    );
    expect(schedule).toEqual({ which: 'times', times: ['08:00', '18:00'], everyHours: 4 });
  });

  it('take only names of time zones', () => {
    expect(['Europe/Berlin', 'UTC', 'Pacific/Apia'].every(isTimeZone)).toBe(true);
    expect(['', 'Berlin', '+01:00', '-0800', 'Europe/Berlin\0', '__proto__'].some(isTimeZone)).toBe(false);
  });
});
