import { api } from './api.js';

const pollMs = 1000;

/** Has the run come to its end? */
export function isOver({ state }) {
  return state !== 'queued' && state !== 'running';
}

/**
 * Follows a run by server-sent events, or by asking where they do not get through, and answers with it at its end.
 * @param {string} runId
 * @param {(run: object) => void} onProgress
 */
export async function watchRun(runId, onProgress) {
  return (await listen(runId, onProgress)) ?? poll(runId, onProgress);
}

/** The ended run, or null when the stream broke off. */
function listen(runId, onProgress) {
  return new Promise((resolve) => {
    const events = new EventSource(`/api/sync-runs/${runId}/events`);
    const finish = (run) => {
      events.close();
      resolve(run);
    };
    events.addEventListener('progress', ({ data }) => onProgress(JSON.parse(data)));
    events.addEventListener('end', ({ data }) => finish(JSON.parse(data)));
    events.addEventListener('error', () => finish(null));
  });
}

async function poll(runId, onProgress) {
  for (;;) {
    const run = await api('GET', `/api/sync-runs/${runId}`).catch((error) => {
      if (error.status !== 0 && error.status < 500) throw error;
      return null;
    });
    if (run !== null && isOver(run)) return run;
    if (run !== null) onProgress(run);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
