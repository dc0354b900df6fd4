import { setTimeout as sleep } from 'node:timers/promises';
import type { TracingSettings } from '../config/tracing-settings.ts';
import { traceWith } from './spans.ts';

/** What a stop waits for a collector to take the last spans. */
const flushMaxMs = 1_000;

/** Ends the tracing: what was gathered is sent, within a second or not at all. */
export type StopTracing = () => Promise<void>;

/**
 * Has this process make spans, when the environment names a collector. The libraries for it are loaded then and only then.
 *
 * @param say hears in one line each what is wrong with the settings, and what the collector does not take
 */
export async function startTracing(
  settings: TracingSettings,
  say: (line: string) => void,
): Promise<StopTracing> {
  settings.says.forEach(say);
  if (!settings.isOn) return () => Promise.resolve();
  const { openTelemetry } = await import('./open-telemetry.ts');
  const { tracer, shutdown } = openTelemetry(settings, say);
  traceWith(tracer);
  return async () => {
    traceWith(null);
    const isFlushed = await Promise.race([shutdown().then(() => true), sleep(flushMaxMs, false)]);
    if (!isFlushed) say('The collector did not take the last spans in time');
  };
}
