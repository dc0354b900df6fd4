import { api } from './api.js';
import { h } from './dom.js';
import { t } from './language.js';
import { busyWhile, errorMessage } from './parts.js';

/** For a workspace that may not use user provisioning. */
export function notEntitledPage(workspaceName) {
  return h(
    'section',
    { class: 'card hero' },
    h('h2', null, t('notEntitled.title')),
    h('p', null, t('notEntitled.text', { workspace: workspaceName })),
  );
}

/** For a workspace that may, but does not yet. `onActivated` gets the secret of the first API token. */
export function activationPage(onActivated) {
  const problem = h('div', null);
  const steps = ['inactive.step1', 'inactive.step2', 'inactive.step3'].map((key) => h('li', null, t(key)));
  async function activate(event) {
    problem.replaceChildren();
    try {
      const { token } = await busyWhile(event.currentTarget, () =>
        api('POST', '/api/user-provisioning/activate'),
      );
      await onActivated(token.secret);
    } catch (error) {
      problem.replaceChildren(errorMessage(error));
    }
  }
  return h(
    'section',
    { class: 'card hero' },
    h('h2', null, t('inactive.title')),
    h('p', null, t('inactive.text')),
    h('ol', { class: 'steps' }, ...steps),
    problem,
    h(
      'button',
      { class: 'primary large', type: 'button', onclick: (event) => void activate(event) },
      t('activate'),
    ),
  );
}
