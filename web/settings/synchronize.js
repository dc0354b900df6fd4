import { api } from './api.js';
import { announce, h, slot } from './dom.js';
import { t } from './language.js';
import { busyWhile, errorMessage, kindBadge, message } from './parts.js';
import { previewTable } from './preview.js';
import { isOver, watchRun } from './watch-run.js';

/** The kinds that a run carries out; the others are kept back. */
const carriedOut = ['create', 'link', 'update', 'deactivate', 'reactivate', 'remove'];

/** Who is available to be synced, and the button that does it. `refresh` reads everything anew. */
export function synchronizePanel(refresh) {
  const heading = slot('div', null);
  const button = h(
    'button',
    { class: 'primary large', type: 'button', onclick: () => void synchronize() },
    t('synchronize'),
  );
  const progress = slot('div', { class: 'progress' });
  const result = slot('div', { role: 'status' });
  const held = slot('div', null);
  const preview = previewTable();
  const element = h(
    'section',
    { class: 'card sync', 'aria-labelledby': 'sync-title' },
    h('div', { class: 'split top' }, heading.element, button),
    progress.element,
    result.element,
    held.element,
    preview.element,
  );
  let watched = null;

  /** What was seen is what runs; `unseen` runs whatever there is by then. */
  async function synchronize(pressed = button, unseen = false) {
    const body = unseen ? {} : { previewVersion: preview.version() };
    try {
      const run = await busyWhile(pressed, () => api('POST', '/api/sync-runs', body));
      result.show(null, () => null);
      await follow(run.id);
    } catch (error) {
      if (error.problem?.runId) return follow(error.problem.runId);
      result.show(error.problem ?? error.message, () =>
        error.type === 'preview-changed' ? changedMessage(error.problem.summary) : errorMessage(error),
      );
      await preview.reload();
    }
  }

  function changedMessage(summary) {
    const now = (event) => void synchronize(event.currentTarget, true);
    const label = t('synchronizeAnyway', { n: carriedOutIn(summary) });
    return message(
      'warning',
      t('previewChanged'),
      h('div', { class: 'row' }, h('button', { type: 'button', onclick: now }, label)),
    );
  }

  async function follow(runId) {
    if (watched === runId) return;
    watched = runId;
    button.disabled = true;
    announce(t('synchronizing'));
    try {
      const run = await watchRun(runId, (state) => progress.show(state, () => progressBar(state)));
      result.show(run, () => resultMessage(run));
    } catch (error) {
      result.show(error.message, () => errorMessage(error));
    }
    progress.show(null, () => null);
    button.disabled = false;
    watched = null;
    await preview.reload();
    refresh();
  }

  async function decide(decision, run, pressed) {
    await busyWhile(pressed, () => api('POST', `/api/sync-runs/${run.id}/${decision}`, {})).catch((error) =>
      result.show(error.message, () => errorMessage(error)),
    );
    await preview.reload();
    refresh();
  }

  return {
    element,
    async show({ pending, directory, lastRun }) {
      const count = carriedOutIn(pending);
      const keptBack = pending.conflict + pending.held;
      heading.show([count, keptBack, directory.users], () => headingLines(count, keptBack, directory.users));
      if (watched === null) button.disabled = count === 0;
      const waiting = pending.held > 0 ? await waitingRun(lastRun) : null;
      held.show(waiting, () => (waiting === null ? null : heldMessage(waiting, decide)));
      if (lastRun !== null && !isOver(lastRun)) void follow(lastRun.id);
      await preview.show(pending);
    },
  };
}

function carriedOutIn(counts) {
  return carriedOut.reduce((sum, kind) => sum + counts[kind], 0);
}

/** The newest run that waits for approval; other runs may have come after it. */
async function waitingRun(lastRun) {
  if (lastRun?.state === 'awaiting_approval') return lastRun;
  const { items } = await api('GET', '/api/sync-runs');
  return items.find(({ state }) => state === 'awaiting_approval') ?? null;
}

function headingLines(count, keptBack, users) {
  const lines = (title, text) => [h('h2', { id: 'sync-title' }, title), h('p', { class: 'muted' }, t(text))];
  if (count > 0) return lines(t('available', { n: count }), 'available.text');
  if (keptBack > 0) return lines(t('available', { n: 0 }), 'available.keptBack');
  if (users > 0) return lines(t('available.none'), 'available.noneText');
  return lines(t('available', { n: 0 }), 'available.waiting');
}

function progressBar(run) {
  const label = run.total > 0 ? t('progress', { done: run.done, total: run.total }) : '';
  const known = run.total > 0 ? { value: run.done, max: run.total } : {};
  return [
    h('div', { class: 'split' }, h('span', null, t('synchronizing')), h('span', { class: 'muted' }, label)),
    h('progress', { 'aria-label': t('synchronizing'), ...known }),
  ];
}

function resultMessage(run) {
  if (run.state === 'failed') return message('error', `${t('result.failed')}: ${run.error ?? ''}`);
  const kinds = Object.entries(run.counts).filter(([, count]) => count > 0);
  const counts = kinds.map(([kind, count]) => h('span', { class: 'count' }, kindBadge(kind), ` ${count}`));
  return message(
    'success',
    t('result.succeeded'),
    counts.length === 0
      ? h('p', { class: 'muted' }, t('result.nothing'))
      : h('p', { class: 'counts' }, ...counts),
  );
}

function heldMessage(run, decide) {
  const act = (decision) => (event) => void decide(decision, run, event.currentTarget);
  return message(
    'warning',
    h('strong', null, t('held.title', { n: run.counts.held })),
    h('p', null, t('held.text')),
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', onclick: act('approve') }, t('approve')),
      h('button', { type: 'button', class: 'quiet', onclick: act('reject') }, t('reject')),
    ),
  );
}
