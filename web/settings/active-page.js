import { api, isStillMine } from './api.js';
import { connectionCard } from './connection.js';
import { h, slot } from './dom.js';
import { t } from './language.js';
import { membersPanel } from './members.js';
import { errorMessage, secretCard } from './parts.js';
import { overviewCards } from './overview.js';
import { loadPropertyNames } from './property-names.js';
import { synchronizePanel } from './synchronize.js';
import { tabs } from './tabs.js';

const refreshMs = 4000;
/** A slow answer is waited for longer: at most this part of the time is spent on answering. */
const busyShareMax = 0.2;

/**
 * The page of a workspace whose provisioning is active. It refreshes itself while it can be seen.
 * @param {{secret: string | null, reload: () => void}} options the secret of a token just made; what to do when
 *   provisioning is active no longer
 */
export function activePage({ secret, reload }) {
  const trouble = slot('div', null);
  const secretPlace = h('div', null);
  const showSecret = (shown) => {
    secretPlace.replaceChildren(secretCard(shown, () => secretPlace.replaceChildren()));
    queueMicrotask(() => secretPlace.querySelector('h2').focus());
  };
  const connection = connectionCard(showSecret);
  const cards = overviewCards();
  const sync = synchronizePanel(() => refresh());
  const members = membersPanel();
  const syncPanel = h('div', { class: 'stack' }, cards.element, sync.element, connection.element);
  const pages = tabs(t('title'), [
    { key: 'sync', text: t('tab.sync'), panel: syncPanel },
    { key: 'members', text: t('tab.members'), panel: members.element, onShow: () => void members.show() },
  ]);
  const element = h('div', { class: 'stack' }, trouble.element, secretPlace, ...pages.elements);
  let left = false;
  let shown = false;
  let timer = 0;
  let busy = false;
  let again = false;

  /** Reads everything anew, one reading at a time, and again after a while. */
  async function refresh() {
    again = busy;
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    const startedAt = performance.now();
    do {
      again = false;
      await read();
    } while (again && !left);
    busy = false;
    const pauseMs = Math.max(refreshMs, (performance.now() - startedAt) / busyShareMax);
    if (!left) timer = setTimeout(() => void refresh(), pauseMs);
  }
  async function read() {
    if (left || document.hidden) return;
    try {
      const overview = await api('GET', '/api/user-provisioning');
      if (left) return;
      if (overview.state !== 'active') return reload();
      cards.show(overview);
      // Until somebody has called, connecting comes first; later nothing jumps.
      if (!shown && overview.lastContact === null) cards.element.before(connection.element);
      shown = true;
      await Promise.all([connection.show(overview), sync.show(overview)]);
      trouble.show(null, () => null);
    } catch (error) {
      if (error.status !== 401) trouble.show([error.status, error.message], () => errorMessage(error));
    }
  }
  const onVisible = async () => {
    if (document.hidden) return;
    const mine = await isStillMine().catch(() => true);
    if (!mine) return window.location.reload();
    await refresh();
  };
  document.addEventListener('visibilitychange', onVisible);
  if (secret) showSecret(secret);
  void loadPropertyNames().then(refresh);
  return {
    element,
    leave() {
      left = true;
      pages.leave();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}
