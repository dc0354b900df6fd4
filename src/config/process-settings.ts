import type { SettingReader } from './setting-reader.ts';

const shutdownDelayMostSeconds = 120;

/**
 * How a process begins and ends.
 *
 * @property migratesAtStart whether it brings the schema up to date when it starts; otherwise it waits until it is
 * @property shutdownDelaySeconds how long it still takes connections, not being ready any more, after it was told to stop
 */
export interface ProcessSettings {
  readonly migratesAtStart: boolean;
  readonly shutdownDelaySeconds: number;
}

/** How a process begins and ends. */
export function readProcess(read: SettingReader): ProcessSettings {
  return Object.freeze({
    migratesAtStart: read.oneOf('MIGRATE_AT_START', ['on', 'off'] as const, 'on') === 'on',
    shutdownDelaySeconds: read.integer('SHUTDOWN_DELAY_SECONDS', {
      from: 0,
      to: shutdownDelayMostSeconds,
      otherwise: 0,
    }),
  });
}
