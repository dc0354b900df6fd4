import type { Causer, EventCause } from '../../events/event.ts';
import type { RunTrigger } from './run-states.ts';

const causers: Readonly<Record<RunTrigger, Causer>> = {
  manual: 'run',
  nightly: 'run',
  leaver: 'leaver',
  returner: 'run',
  role: 'leaver',
  undo: 'undo',
  bring_back: 'admin',
  seat: 'run',
};

/** What events say about the run that caused them; each adds the reason of its own change. */
export function causeOfRun(trigger: RunTrigger, runId: string): EventCause {
  return { by: causers[trigger], runId, reason: null };
}
