/** What a workspace's admin has set. Times of day are local to `timeZone`. */
export interface WorkspaceSettings {
  /** `HH:MM`: the hour from then on is when the daily synchronization runs. */
  dailySyncAt: string;
  /**
   * How often everything is synchronized: at `dailySyncAt` once a day, at each of `times`, or every so many hours from
   * midnight on.
   */
  schedule: { which: 'daily' | 'times' | 'hours'; times: string[]; everyHours: number };
  /** IANA name. */
  timeZone: string;
  leavers: 'immediately' | 'next_sync';
  /** When members who left and are active in the directory again get their access back. */
  returners: 'immediately' | 'next_sync';
  onLeave: 'deactivate' | 'delete';
  /** What the product does with leavers whose removal the guard holds: they stay members, without access or with it. */
  heldLeavers: 'suspend' | 'keep';
  /** Days between leaving and removal, where `onLeave` is `delete`. */
  graceDays: number;
  linkByEmail: boolean;
  /** Whether a PUT of a user without `active` means that the person is inactive. Some clients leave out what is false. */
  absentActiveIsInactive: boolean;
  removalGuard: { percent: number; atLeast: number };
  /** Which directory groups become member groups; `pattern` counts for `matching`, `picked` (ids) for `picked`. */
  groups: { which: 'all' | 'matching' | 'picked'; pattern: string; picked: string[] };
  /** Who gets a seat first where there are fewer than people; `groups` (ids) counts for `groups`. */
  seatOrder: { by: 'first_come' | 'groups' | 'roles'; groups: string[] };
  /** Whether privileged roles are given by any run, or only by one that an admin starts. */
  privilegedRoles: 'reviewed' | 'immediately';
}

/** A partial change of the settings; what is absent stays. */
export type SettingsChange = Partial<
  Omit<WorkspaceSettings, 'removalGuard' | 'groups' | 'schedule' | 'seatOrder'>
> & {
  schedule?: Partial<WorkspaceSettings['schedule']>;
  removalGuard?: Partial<WorkspaceSettings['removalGuard']>;
  groups?: Partial<WorkspaceSettings['groups']>;
  seatOrder?: Partial<WorkspaceSettings['seatOrder']>;
};

export const settingsDefault: Readonly<WorkspaceSettings> = Object.freeze({
  dailySyncAt: '02:00',
  schedule: Object.freeze({ which: 'daily', times: ['06:00', '12:00', '18:00'], everyHours: 4 }),
  timeZone: 'Europe/Berlin',
  leavers: 'immediately',
  returners: 'immediately',
  onLeave: 'deactivate',
  heldLeavers: 'suspend',
  graceDays: 30,
  linkByEmail: true,
  absentActiveIsInactive: false,
  removalGuard: Object.freeze({ percent: 20, atLeast: 10 }),
  groups: Object.freeze({ which: 'all', pattern: '*', picked: [] }),
  seatOrder: Object.freeze({ by: 'first_come', groups: [] }),
  privilegedRoles: 'reviewed',
});

/**
 * The settings after a change; what neither says has its default, so that settings stored long ago are complete. A time
 * zone that was stored and is known no more has the nearest name that is: nights must come in every workspace.
 */
export function mergeSettings(stored: SettingsChange, change: SettingsChange = {}): WorkspaceSettings {
  const merged = { ...settingsDefault, ...definedOf(stored), ...definedOf(change) };
  const schedule = {
    ...settingsDefault.schedule,
    ...definedOf(stored.schedule ?? {}),
    ...definedOf(change.schedule ?? {}),
  };
  return {
    ...merged,
    schedule: { ...schedule, times: [...new Set(schedule.times)].sort() },
    timeZone: knownTimeZone(merged.timeZone),
    removalGuard: {
      ...settingsDefault.removalGuard,
      ...definedOf(stored.removalGuard ?? {}),
      ...definedOf(change.removalGuard ?? {}),
    },
    groups: {
      ...settingsDefault.groups,
      ...definedOf(stored.groups ?? {}),
      ...definedOf(change.groups ?? {}),
    },
    seatOrder: {
      ...settingsDefault.seatOrder,
      ...definedOf(stored.seatOrder ?? {}),
      ...definedOf(change.seatOrder ?? {}),
    },
  };
}

/** Names that were found good; there are about 600. */
const timeZones = new Set<string>();

/**
 * Is this the IANA name of a time zone that we can reckon in? Bare offsets (`+01:00`) are not: they know no daylight
 * saving. `Intl` knows names that `Temporal` refuses, such as `SystemV/AST4`, and the schedule needs both.
 */
export function isTimeZone(name: string): boolean {
  if (timeZones.has(name)) return true;
  if (!/^[A-Za-z]/.test(name) || canonicalTimeZone(name) === null) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  } catch {
    return false;
  }
  timeZones.add(name);
  return true;
}

/** The zone itself, or the one that its name is an old name of, or the default. */
function knownTimeZone(stored: string): string {
  if (isTimeZone(stored)) return stored;
  const canonical = canonicalTimeZone(stored);
  return canonical !== null && isTimeZone(canonical) ? canonical : settingsDefault.timeZone;
}

function canonicalTimeZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function definedOf<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}
