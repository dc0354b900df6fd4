import { h, slot } from './dom.js';
import { number, t } from './language.js';
import { timeElement } from './parts.js';

/** Small cards: directory, members, next synchronization, last run. */
export function overviewCards() {
  const place = slot('section', { class: 'cards', 'aria-label': t('title') });
  return {
    element: place.element,
    show({ directory, members, nextSyncAt, lastRun }) {
      place.show({ directory, members, nextSyncAt, lastRun }, () => [
        card(
          t('directory'),
          figure(directory.users, t('directory.users', { n: directory.users })),
          figure(directory.groups, t('directory.groups', { n: directory.groups })),
        ),
        card(
          t('members'),
          figure(members.active, t('members.active')),
          figure(members.deactivated, t('members.deactivated')),
        ),
        card(t('nextSync'), h('p', { class: 'fact' }, timeElement(nextSyncAt))),
        card(t('lastRun'), ...lastRunLines(lastRun)),
      ]);
    },
  };
}

function card(title, ...content) {
  return h('div', { class: 'card small' }, h('h3', null, title), ...content);
}

function figure(value, label) {
  return h('p', { class: 'figure' }, h('strong', null, number(value)), ' ', label);
}

function lastRunLines(run) {
  if (run === null) return [h('p', { class: 'fact' }, t('lastRun.none'))];
  return [
    h(
      'p',
      { class: 'fact' },
      h('span', { class: `dot ${run.state}`, 'aria-hidden': 'true' }),
      t(`run.${run.state}`),
    ),
    h(
      'p',
      { class: 'muted' },
      timeElement(run.finishedAt ?? run.startedAt, ''),
      ' · ',
      t(`trigger.${run.trigger}`),
    ),
  ];
}
