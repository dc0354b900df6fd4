/** What a workspace's admin has set. Times of day are local to `timeZone`. */
export interface WorkspaceSettings {
  /** `HH:MM`: the hour from then on is when the nightly synchronization runs. */
  dailySyncAt: string;
  /** IANA name. */
  timeZone: string;
  leavers: 'immediately' | 'next_sync';
  onLeave: 'deactivate' | 'delete';
  /** Days between leaving and removal, where `onLeave` is `delete`. */
  graceDays: number;
  linkByEmail: boolean;
  /** Whether a PUT of a user without `active` means that the person is inactive. Some clients leave out what is false. */
  absentActiveIsInactive: boolean;
  removalGuard: { percent: number; atLeast: number };
  /** Which directory groups become member groups; `pattern` counts for `matching`, `picked` (ids) for `picked`. */
  groups: { which: 'all' | 'matching' | 'picked'; pattern: string; picked: string[] };
}

/** A partial change of the settings; what is absent stays. */
export type SettingsChange = Partial<Omit<WorkspaceSettings, 'removalGuard' | 'groups'>> & {
  removalGuard?: Partial<WorkspaceSettings['removalGuard']>;
  groups?: Partial<WorkspaceSettings['groups']>;
};

export const settingsDefault: Readonly<WorkspaceSettings> = Object.freeze({
  dailySyncAt: '02:00',
  timeZone: 'Europe/Berlin',
  leavers: 'immediately',
  onLeave: 'deactivate',
  graceDays: 30,
  linkByEmail: true,
  absentActiveIsInactive: false,
  removalGuard: Object.freeze({ percent: 20, atLeast: 10 }),
  groups: Object.freeze({ which: 'all', pattern: '*', picked: [] }),
});

/** The settings after a change; what neither says has its default, so that settings stored long ago are complete. */
export function mergeSettings(stored: SettingsChange, change: SettingsChange = {}): WorkspaceSettings {
  return {
    ...settingsDefault,
    ...definedOf(stored),
    ...definedOf(change),
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
  };
}

/** Is this the IANA name of a time zone? Bare offsets (`+01:00`) are not: they know no daylight saving. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function definedOf<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}
