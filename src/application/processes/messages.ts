import { isObject } from '../../scim-core/resource.ts';
import type { Counted } from '../../http/limits/request-limits.ts';
import type { MetricList } from '../../metrics/metrics.ts';

/**
 * What the first process tells a worker.
 *
 * - `start`: where the database is
 * - `stop`: end in good order; `delayed`: say for SHUTDOWN_DELAY_SECONDS before that this process is not ready
 * - `counted`: what other workers have counted
 * - `list-counted`: answer with all that you have counted and that still counts: `to` begins now
 * - `list-metrics`: answer with your own
 * - `metrics`: those of all, or null when they could not be put together
 */
export type ToWorker =
  | { kind: 'start'; databaseUrl: string }
  | { kind: 'stop'; delayed: boolean }
  | { kind: 'counted'; counted: readonly Counted[] }
  | { kind: 'list-counted'; to: number }
  | { kind: 'list-metrics'; ask: number }
  | { kind: 'metrics'; ask: number; text: string | null };

/**
 * What a worker tells the first process.
 *
 * - `pulse`: it works; `isLost`: but its statements do not come back
 * - `signalled`: somebody told this process to stop. It asks how
 * - `counted`: what it has counted since it said so last
 * - `joined`: it begins to count with the others
 * - `counted-so-far`: what still counts of all that it has counted, for another one that begins
 * - `ask-metrics`: somebody wants those of all processes
 * - `metric-list`: its own
 */
export type FromWorker =
  | { kind: 'pulse'; isLost: boolean }
  | { kind: 'signalled' }
  | { kind: 'counted'; counted: readonly Counted[] }
  | { kind: 'joined' }
  | { kind: 'counted-so-far'; to: number; counted: readonly Counted[] }
  | { kind: 'ask-metrics'; ask: number }
  | { kind: 'metric-list'; ask: number; list: MetricList };

const kindsToWorker: readonly string[] = [
  'start',
  'stop',
  'counted',
  'list-counted',
  'list-metrics',
  'metrics',
];
const kindsFromWorker: readonly string[] = [
  'pulse',
  'signalled',
  'counted',
  'joined',
  'counted-so-far',
  'ask-metrics',
  'metric-list',
];

/** A message of the first process, or null: libraries send messages of their own on the same line. */
export function readToWorker(message: unknown): ToWorker | null {
  return isOf(message, kindsToWorker) ? (message as ToWorker) : null;
}

/** A message of a worker, or null. */
export function readFromWorker(message: unknown): FromWorker | null {
  return isOf(message, kindsFromWorker) ? (message as FromWorker) : null;
}

/** Both ends are the same program, so the kind says the rest. */
function isOf(message: unknown, kinds: readonly string[]): boolean {
  return isObject(message) && typeof message.kind === 'string' && kinds.includes(message.kind);
}
