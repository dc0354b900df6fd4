import { api } from './api.js';
import { h, slot } from './dom.js';
import { t, time } from './language.js';
import { busyWhile, copyField, errorMessage, timeElement } from './parts.js';

/** What the identity provider is connected with. `onSecret` gets the secret of a token made here. */
export function connectionCard(onSecret) {
  const url = slot('div', null);
  const contact = slot('div', { class: 'contact' });
  const list = slot('ul', { class: 'tokens' });
  const problem = h('div', null);
  const element = h(
    'section',
    { class: 'card', 'aria-labelledby': 'connection-title' },
    h('h2', { id: 'connection-title' }, t('connection')),
    h('p', { class: 'muted' }, t('connection.text')),
    url.element,
    contact.element,
    h(
      'div',
      { class: 'split' },
      h('h3', null, t('tokens')),
      h(
        'button',
        { type: 'button', onclick: (event) => void create(event.currentTarget) },
        t('token.create'),
      ),
    ),
    problem,
    list.element,
  );

  async function attempt(button, work) {
    problem.replaceChildren();
    try {
      await busyWhile(button, work);
      await showTokens();
    } catch (error) {
      problem.replaceChildren(errorMessage(error));
    }
  }
  const create = (button) =>
    attempt(button, async () => onSecret((await api('POST', '/api/tokens', {})).secret));
  function revoke(button, token) {
    if (!window.confirm(t('token.confirm', { token: shortened(token) }))) return;
    void attempt(button, () => api('DELETE', `/api/tokens/${token.id}`));
  }
  async function showTokens() {
    const { items } = await api('GET', '/api/tokens');
    const working = items.filter(({ state }) => state === 'active');
    list.show(working, () =>
      working.length === 0
        ? h('li', { class: 'muted' }, t('token.none'))
        : working.map((token) => tokenRow(token, revoke)),
    );
  }
  return {
    element,
    async show({ tenantUrl, lastContact }) {
      url.show(tenantUrl, () => copyField(t('tenantUrl'), tenantUrl));
      contact.show(lastContact, () => contactLine(lastContact));
      await showTokens();
    },
  };
}

function contactLine(contact) {
  const words = { class: 'label' };
  if (contact === null) {
    return [
      h('span', words, t('lastContact')),
      h('span', null, h('span', { class: 'dot waiting', 'aria-hidden': 'true' }), t('waiting')),
    ];
  }
  const good = contact.status < 400;
  const outcome = good ? t('contact.ok') : t('contact.error', { status: String(contact.status) });
  const dot = h('span', { class: `dot ${good ? 'succeeded' : 'failed'}`, 'aria-hidden': 'true' });
  return [h('span', words, t('lastContact')), h('span', null, dot, timeElement(contact.at), ' · ', outcome)];
}

function shortened(token) {
  return `${token.prefix}…${token.lastFour}`;
}

function tokenRow(token, revoke) {
  const used =
    token.lastUsedAt === null ? t('token.never') : t('token.used', { time: time(token.lastUsedAt) });
  const expires = token.expiresAt === null ? '' : ` · ${t('token.expires', { time: time(token.expiresAt) })}`;
  return h(
    'li',
    null,
    h(
      'div',
      null,
      h('strong', null, token.name),
      ' ',
      h('code', null, shortened(token)),
      h('div', { class: 'muted' }, used, expires),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'quiet danger',
        id: `revoke-${token.id}`,
        'aria-label': t('token.revokeLabel', { token: shortened(token) }),
        onclick: (event) => revoke(event.currentTarget, token),
      },
      t('token.revoke'),
    ),
  );
}
