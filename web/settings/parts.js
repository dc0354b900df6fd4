import { announce, h } from './dom.js';
import { t, time } from './language.js';

const copiedShownMs = 2000;
let fieldCount = 0;

/** A message in the flow of the page; `tone` is info, success, warning or error. */
export function message(tone, text, ...more) {
  return h(
    'div',
    { class: `message ${tone}`, role: tone === 'error' ? 'alert' : null },
    h('p', null, text),
    ...more,
  );
}

/** What went wrong, as a message. */
export function errorMessage(error) {
  return message(
    'error',
    error.status === 0 ? t('error.offline') : t('error.other', { detail: error.message }),
  );
}

/** A time, or the text for none. */
export function timeElement(iso, none = '–') {
  return iso === null ? none : h('time', { datetime: iso }, time(iso));
}

/** A value to take elsewhere, with its label and a button that copies it. */
export function copyField(label, value) {
  const id = `copy-${++fieldCount}`;
  const field = h('input', {
    id,
    class: 'code',
    readonly: true,
    value,
    spellcheck: 'false',
    onfocus: (event) => event.target.select(),
  });
  const button = h(
    'button',
    { type: 'button', 'aria-label': `${t('copy')}: ${label}`, onclick: () => void copy() },
    t('copy'),
  );
  async function copy() {
    await navigator.clipboard.writeText(value).catch(() => {
      field.select();
      // Over plain HTTP the clipboard is closed to scripts; this older way is open.
      document.execCommand('copy');
    });
    button.textContent = t('copied');
    announce(`${label}: ${t('copied')}`);
    setTimeout(() => (button.textContent = t('copy')), copiedShownMs);
  }
  return h(
    'div',
    { class: 'copy-field' },
    h('label', { for: id }, label),
    h('div', { class: 'row' }, field, button),
  );
}

/** The secret of a new token, shown this once. */
export function secretCard(secret, onStored) {
  return h(
    'section',
    { class: 'card secret', 'aria-labelledby': 'secret-title' },
    h('h2', { id: 'secret-title', tabindex: '-1' }, t('secret.title')),
    h('p', { class: 'muted' }, t('secret.text')),
    copyField(t('secret.title'), secret),
    h('button', { class: 'primary', type: 'button', onclick: onStored }, t('secret.stored')),
  );
}

/** A coloured word for a kind of change. */
export function kindBadge(kind) {
  return h('span', { class: `badge ${kind}` }, t(`kind.${kind}`));
}

/** Runs `work` with the button disabled. */
export async function busyWhile(button, work) {
  button.disabled = true;
  try {
    return await work();
  } finally {
    button.disabled = false;
  }
}
