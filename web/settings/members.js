import { api, withQuery } from './api.js';
import { h, slot } from './dom.js';
import { t } from './language.js';
import { errorMessage } from './parts.js';
import { propertyName } from './property-names.js';

const pageSize = 50;
const typingPauseMs = 250;

/** The members of the workspace: search, status, page by page. */
export function membersPanel() {
  const search = h('input', {
    type: 'search',
    id: 'member-search',
    placeholder: t('search'),
    'aria-label': t('search'),
    autocomplete: 'off',
  });
  const status = h(
    'select',
    { 'aria-label': t('status') },
    h('option', { value: '' }, t('all')),
    ...['active', 'deactivated'].map((state) => h('option', { value: state }, t(`status.${state}`))),
  );
  const list = slot('div', null);
  const element = h(
    'section',
    { class: 'card' },
    h('h2', null, t('members')),
    h('form', { class: 'row search', role: 'search' }, search, status),
    list.element,
  );
  let asked = 0;
  let page = { items: [], nextCursor: null };

  async function read(cursor) {
    const mine = ++asked;
    const path = withQuery('/api/members', {
      search: search.value.trim(),
      status: status.value,
      cursor,
      limit: pageSize,
    });
    try {
      const next = await api('GET', path);
      if (mine !== asked) return;
      page = cursor ? { ...next, items: [...page.items, ...next.items] } : next;
      list.show(page, () => membersTable(page, () => void read(page.nextCursor)));
    } catch (error) {
      list.show(error.message, () => errorMessage(error));
    }
  }
  let typing = 0;
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => void read(), typingPauseMs);
  });
  status.addEventListener('change', () => void read());
  element.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  return { element, show: () => read() };
}

function membersTable({ items, nextCursor }, more) {
  if (items.length === 0) return h('p', { class: 'muted', role: 'status' }, t('members.none'));
  const department =
    propertyName('department') === 'department' ? t('field.department') : propertyName('department');
  const columns = [t('column.name'), t('status'), t('field.jobTitle'), department];
  return [
    h(
      'table',
      { class: 'members' },
      h('caption', { class: 'visually-hidden' }, t('members')),
      h('thead', null, h('tr', null, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
      h('tbody', null, ...items.map((member) => memberRow(member, columns))),
    ),
    nextCursor !== null &&
      h('button', { type: 'button', class: 'more', id: 'members-more', onclick: more }, t('showMore')),
  ];
}

function memberRow(member, columns) {
  const name =
    member.displayName ?? ([member.firstName, member.lastName].filter(Boolean).join(' ') || member.email);
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, name, h('div', { class: 'muted' }, member.email)),
    h(
      'td',
      { 'data-label': columns[1] },
      h('span', { class: `badge ${member.status}` }, t(`status.${member.status}`)),
    ),
    h('td', { 'data-label': columns[2] }, member.jobTitle ?? '–'),
    h('td', { 'data-label': columns[3] }, String(member.properties.department ?? '–')),
  );
}
