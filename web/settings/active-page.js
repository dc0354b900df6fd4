import { api, isStillMine } from './api.js';
import { connectionCard } from './connection.js';
import { h, slot } from './dom.js';
import { t } from './language.js';
import { membersPanel } from './members.js';
import { errorMessage, secretCard } from './parts.js';
import { overviewCards } from './overview.js';
import { loadPropertyNames } from './property-names.js';
import { synchronizePanel } from './synchronize.js';

const refreshMs = 4000;

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
  const element = h(
    'div',
    { class: 'stack' },
    trouble.element,
    secretPlace,
    ...tabs(sync, cards, connection, members),
  );
  let left = false;
  let shown = false;

  async function refresh() {
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
  const timer = setInterval(() => void refresh(), refreshMs);
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
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

/** Two tabs, moved between by arrow keys (WAI-ARIA Authoring Practices). */
function tabs(sync, cards, connection, members) {
  const panels = {
    sync: h('div', { class: 'stack' }, cards.element, sync.element, connection.element),
    members: members.element,
  };
  const keys = Object.keys(panels);
  const buttons = keys.map((key) =>
    h(
      'button',
      {
        role: 'tab',
        type: 'button',
        id: `tab-${key}`,
        'aria-controls': `panel-${key}`,
        onclick: () => select(key),
        onkeydown: move,
      },
      t(`tab.${key}`),
    ),
  );
  for (const key of keys) {
    const attributes = { id: `panel-${key}`, role: 'tabpanel', 'aria-labelledby': `tab-${key}` };
    for (const [name, value] of Object.entries(attributes)) panels[key].setAttribute(name, value);
  }
  function select(chosen) {
    keys.forEach((key, at) => {
      buttons[at].setAttribute('aria-selected', String(key === chosen));
      buttons[at].tabIndex = key === chosen ? 0 : -1;
      panels[key].hidden = key !== chosen;
    });
    if (chosen === 'members') void members.show();
  }
  function move(event) {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    const next = (buttons.indexOf(event.currentTarget) + 1) % buttons.length;
    buttons[next].focus();
    select(keys[next]);
  }
  select('sync');
  return [
    h('div', { role: 'tablist', class: 'tabs', 'aria-label': t('title') }, ...buttons),
    ...Object.values(panels),
  ];
}
