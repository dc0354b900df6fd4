import { availableParallelism } from 'node:os';
import type { SettingReader } from './setting-reader.ts';

const shutdownDelayMostSeconds = 120;
export const workersMax = 64;
/** `auto`, or 1 to 64. */
const workersPattern = /^(?:auto|[1-9]|[1-5]\d|6[0-4])$/;

/**
 * How a process begins and ends.
 *
 * @property migratesAtStart whether it brings the schema up to date when it starts; otherwise it waits until it is
 * @property shutdownDelaySeconds how long it still takes connections, not being ready any more, after it was told to stop
 * @property workers how many processes answer behind one port; 1: this one does
 */
export interface ProcessSettings {
  readonly migratesAtStart: boolean;
  readonly shutdownDelaySeconds: number;
  readonly workers: number;
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
    workers: readWorkers(read),
  });
}

function readWorkers(read: SettingReader): number {
  const given = read.text('WORKERS', `auto, or a whole number from 1 to ${workersMax}`, workersPattern, '1');
  return given === 'auto' ? Math.min(availableParallelism(), workersMax) : Number(given);
}
