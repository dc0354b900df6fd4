import { api, withQuery } from './api.js';
import { h, slot } from './dom.js';
import { hasText, number, t } from './language.js';
import { loadManagerNames, managerName } from './manager-names.js';
import { errorMessage, kindBadge } from './parts.js';
import { propertyName } from './property-names.js';

const pageSize = 10;

/** The pending changes as a table: by kind, page by page. */
export function previewTable() {
  const filters = slot('div', { class: 'filters', role: 'group', 'aria-label': t('filter') });
  const table = slot('div', null);
  const element = h('div', { class: 'preview' }, filters.element, table.element);
  let chosen = '';
  let page = { version: undefined, items: [], nextCursor: null };
  let pending = null;
  let extended = false;

  async function read(cursor) {
    const path = withQuery('/api/sync-preview', { kind: chosen, cursor, limit: pageSize });
    const asked = chosen;
    const next = await api('GET', path);
    await loadManagerNames(next.items);
    if (asked !== chosen) return;
    page = cursor ? { ...next, items: [...page.items, ...next.items] } : next;
    extended = Boolean(cursor);
    draw();
  }
  function draw() {
    if (pending !== null) filters.show([chosen, pending], () => filterButtons(pending, chosen, choose));
    const any = pending !== null && Object.values(pending).some((count) => count > 0);
    table.show([any, page.items, page.nextCursor], () => (any ? changesTable(page, more) : null));
  }
  const fail = (error) => table.show(error.message, () => errorMessage(error));
  function choose(kind) {
    chosen = kind;
    draw();
    read().catch(fail);
  }
  const more = () => void read(page.nextCursor).catch(fail);
  return {
    element,
    /** Names the state of affairs that was seen, so that just this is carried out. */
    version: () => page.version,
    reload: () => read().catch(fail),
    /** Shows what is pending; who has paged on is not thrown back while the numbers stay the same. */
    async show(counts) {
      const same = JSON.stringify(counts) === JSON.stringify(pending);
      pending = counts;
      if (chosen && counts[chosen] === 0) chosen = '';
      if (same && extended) return;
      await read();
    },
  };
}

function filterButtons(pending, chosen, choose) {
  const kinds = Object.entries(pending).filter(([, count]) => count > 0);
  if (kinds.length === 0) return null;
  const button = (kind, label, count) =>
    h(
      'button',
      {
        type: 'button',
        class: 'chip',
        id: `filter-${kind || 'all'}`,
        'aria-pressed': String(kind === chosen),
        onclick: () => choose(kind),
      },
      label,
      ' ',
      h('span', { class: 'muted' }, number(count)),
    );
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  return [button('', t('all'), all), ...kinds.map(([kind, count]) => button(kind, t(`kind.${kind}`), count))];
}

function changesTable({ items, nextCursor }, more) {
  if (items.length === 0) return h('p', { class: 'muted' }, t('noChanges'));
  const columns = ['kind', 'person', 'changes', 'reason'].map((key) =>
    h('th', { scope: 'col' }, t(`column.${key}`)),
  );
  return [
    h(
      'table',
      { class: 'changes' },
      h('caption', { class: 'visually-hidden' }, t('available.text')),
      h('thead', null, h('tr', null, ...columns)),
      h('tbody', null, ...items.map(changeRow)),
    ),
    nextCursor !== null &&
      h('button', { type: 'button', class: 'more', id: 'preview-more', onclick: more }, t('showMore')),
  ];
}

function changeRow(change) {
  const fields = change.fields.map((field) => fieldLine(field, change.kind === 'create'));
  return h(
    'tr',
    null,
    h('td', null, kindBadge(change.kind)),
    h('th', { scope: 'row' }, change.name),
    h(
      'td',
      null,
      fields.length === 0
        ? h('span', { class: 'muted' }, t('noFields'))
        : h('ul', { class: `fields ${change.kind}` }, ...fields),
    ),
    h('td', { class: 'muted' }, change.reason.text),
  );
}

function fieldLine({ field, before, after }, isNew) {
  const arrow = [
    h('span', { 'aria-hidden': 'true' }, ' → '),
    h('span', { class: 'visually-hidden' }, ` ${t('changesTo')} `),
  ];
  const old = isNew && before === null ? [] : [value(field, before, 'del'), ...arrow];
  return h(
    'li',
    null,
    h('span', { class: 'muted' }, `${fieldName(field)}: `),
    ...old,
    value(field, after, 'ins'),
  );
}

function fieldName(field) {
  if (field.startsWith('properties.')) return propertyName(field.slice('properties.'.length));
  return hasText(`field.${field}`) ? t(`field.${field}`) : field;
}

function value(field, given, tag) {
  if (given === null || given === '' || given === undefined) return h('em', { class: 'muted' }, t('empty'));
  if (field === 'managerId') return h(tag, null, managerName(given));
  const known = field === 'status' && hasText(`status.${given}`);
  return h(tag, null, known ? t(`status.${given}`) : Array.isArray(given) ? given.join(', ') : String(given));
}
