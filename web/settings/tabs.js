import { h } from './dom.js';

const root = '/settings/user-provisioning';

/**
 * Tabs, moved between by arrow keys (WAI-ARIA Authoring Practices). Each has an address of its own, so that it can be
 * linked to and the back button works; the first one has that of the page.
 *
 * @param {string} label
 * @param {{key: string, text: string, panel: HTMLElement, onShow?: () => void}[]} pages
 */
export function tabs(label, pages) {
  const buttons = pages.map(({ key, text }) =>
    h('button', { role: 'tab', type: 'button', id: `tab-${key}`, 'aria-controls': `panel-${key}` }, text),
  );
  const addressOf = (at) => (at === 0 ? root : `${root}/${pages[at].key}`);

  function show(chosen) {
    pages.forEach(({ panel }, at) => {
      buttons[at].setAttribute('aria-selected', String(at === chosen));
      buttons[at].tabIndex = at === chosen ? 0 : -1;
      panel.hidden = at !== chosen;
    });
    pages[chosen].onShow?.();
  }
  function select(at) {
    if (window.location.pathname !== addressOf(at)) history.pushState(null, '', addressOf(at));
    show(at);
  }
  function onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = (buttons.indexOf(event.currentTarget) + step + pages.length) % pages.length;
    buttons[at].focus();
    select(at);
  }
  function showAddressed() {
    const path = window.location.pathname;
    const addressed = pages.findIndex((_, at) => at > 0 && `${path}/`.startsWith(`${addressOf(at)}/`));
    show(Math.max(addressed, 0));
  }

  buttons.forEach((button, at) => {
    const { key, panel } = pages[at];
    panel.id = `panel-${key}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', button.id);
    button.addEventListener('click', () => select(at));
    button.addEventListener('keydown', onKey);
  });
  window.addEventListener('popstate', showAddressed);
  showAddressed();
  return {
    elements: [
      h('div', { role: 'tablist', class: 'tabs', 'aria-label': label }, ...buttons),
      ...pages.map(({ panel }) => panel),
    ],
    leave: () => window.removeEventListener('popstate', showAddressed),
  };
}
