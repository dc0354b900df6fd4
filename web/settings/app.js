import { activePage } from './active-page.js';
import { activationPage, notEntitledPage } from './activation.js';
import { api, onSignedOut, openSession } from './api.js';
import { h } from './dom.js';
import { t } from './language.js';
import { message } from './parts.js';

const retryMs = 3000;
const root = document.getElementById('app');
/** Stops what the page that is shown does by itself. */
let leave = () => {};

/** The code of an admin link. It leaves the address bar and the history before anything else happens. */
function takeCode() {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code');
  if (code) history.replaceState(null, '', window.location.pathname);
  return code;
}

async function start() {
  leave();
  const code = takeCode();
  root.replaceChildren(h('p', { class: 'centered muted', role: 'status' }, t('loading')));
  try {
    await showSettings(await openSession(code), null);
  } catch (error) {
    await recover(error, code);
  }
}

async function recover(error, code) {
  if (error.status !== 401 && error.status !== 400) return showProblem(error);
  const session = code === null ? null : await openSession(null).catch(() => null);
  if (session === null) return showAskForLink('link.title');
  await showSettings(session, t('link.usedButSignedIn', { email: session.email })).catch(showProblem);
}

async function showSettings(session, notice) {
  const overview = await api('GET', '/api/user-provisioning');
  leave();
  leave = () => {};
  const main = h('main', { id: 'content', tabindex: '-1' });
  if (notice) main.append(message('info', notice));
  root.replaceChildren(...frame(session, main));
  const again = () => void showSettings(session, null).catch(showProblem);
  if (overview.state === 'not_entitled') main.append(notEntitledPage(session.workspace.name));
  else if (overview.state === 'inactive')
    main.append(activationPage((secret) => showActive(main, secret, again)));
  else await showActive(main, null, again);
}

async function showActive(main, secret, reload) {
  const page = activePage({ secret, reload });
  main.replaceChildren(...main.querySelectorAll(':scope > .message.info'), page.element);
  leave = page.leave;
}

function frame(session, main) {
  const separator = () => h('span', { 'aria-hidden': 'true' }, '/');
  document.title = `${t('title')} · ${session.workspace.name}`;
  return [
    h('a', { class: 'skip', href: '#content' }, t('skip')),
    h(
      'header',
      { class: 'bar' },
      h(
        'div',
        { class: 'workspace' },
        h('span', { class: 'avatar', 'aria-hidden': 'true' }, session.workspace.name[0]),
        h('strong', null, session.workspace.name),
      ),
      h(
        'div',
        { class: 'who' },
        h('span', { class: 'muted email' }, session.email),
        h('button', { class: 'quiet', type: 'button', onclick: signOut }, t('signOut')),
      ),
    ),
    h(
      'div',
      { class: 'heading' },
      h(
        'nav',
        { 'aria-label': 'Breadcrumb', class: 'breadcrumb' },
        h(
          'ol',
          null,
          h('li', null, t('settings'), separator()),
          h('li', null, t('security'), separator()),
          h('li', { 'aria-current': 'page' }, t('title')),
        ),
      ),
      h('h1', null, t('title')),
      h('p', { class: 'muted' }, t('intro')),
    ),
    main,
  ];
}

async function signOut() {
  await api('DELETE', '/api/session').catch(() => null);
  showAskForLink('link.signedOut');
}

function showAskForLink(titleKey) {
  leave();
  leave = () => {};
  document.title = t('title');
  root.replaceChildren(
    h(
      'main',
      { class: 'centered card', id: 'content' },
      h('img', { src: '/settings/assets/icon.svg', alt: '', width: 40, height: 40 }),
      h('h1', null, t(titleKey)),
      h('p', { class: 'muted' }, t('link.text')),
    ),
  );
}

function showProblem(error) {
  if (error.status === 401) return;
  if (error.status === undefined) console.error(error);
  const text = error.status === 0 ? t('error.offline') : t('error.other', { detail: error.message });
  root.replaceChildren(
    h(
      'main',
      { class: 'centered card', id: 'content' },
      h('p', { role: 'alert' }, text),
      h('button', { type: 'button', onclick: start }, t('tryAgain')),
    ),
  );
  if (error.status === 0) setTimeout(start, retryMs);
}

onSignedOut(() => showAskForLink('link.ended'));
window.addEventListener('hashchange', () => {
  if (window.location.hash.startsWith('#code=')) void start();
});
void start();
