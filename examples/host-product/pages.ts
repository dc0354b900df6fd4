import type { DatabaseSync } from 'node:sqlite';
import type { SignedIn } from './sessions.ts';

/** Text that is HTML already; every other value is escaped when it is put into a page. */
class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | readonly Html[];

function html(strings: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(strings.reduce((text, string, at) => text + textOf(values[at - 1] ?? null) + string));
}

function textOf(value: Part): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A whole page. @param who who is signed in; null: nobody */
function page(title: string, who: SignedIn | null, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Fernweh</title>
        <link rel="stylesheet" href="/style.css" />
        ${who === null ? null : html`<script src="/session.js" defer></script>`}
      </head>
      <body>
        <header>
          <p class="brand">Fernweh</p>
          ${who === null ? null : navigation(who)}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.text;
}

function navigation({ name }: SignedIn): Html {
  return html`<nav aria-label="Main">
      <a href="/members">Members</a>
      <a href="/settings">Settings</a>
    </nav>
    <form method="post" action="/sign-out">
      <span>${name}</span>
      <button class="quiet">Sign out</button>
    </form>`;
}

/** @param fault why the last attempt failed; null: there was none */
export function signInPage(fault: string | null, email = ''): string {
  return page(
    'Sign in',
    null,
    html`<form method="post" action="/sign-in" class="card">
      <label for="email">E-mail address</label>
      <input
        id="email"
        name="email"
        type="email"
        autocomplete="email"
        required
        value="${email}"
        aria-describedby="${fault === null ? 'hint' : 'fault hint'}"
      />
      ${fault === null ? null : html`<p id="fault" class="fault" role="alert">${fault}</p>`}
      <p id="hint" class="hint">
        This example asks for no password, so that it can show what happens afterwards. Yours does.
      </p>
      <button>Sign in</button>
    </form>`,
  );
}

/** What somebody sees whose session was ended for them. */
export function signedOutPage(): string {
  return page(
    'You have been signed out',
    null,
    html`<p>Your company has ended your access. Nothing that you do here counts any more.</p>
      <p>If that is a mistake, please ask your company's administrator.</p>
      <p><a href="/sign-in">Sign in again</a></p>`,
  );
}

/** The members of the customer, from the product's own database. */
export function membersPage(database: DatabaseSync, who: SignedIn): string {
  const rows = database
    .prepare(
      `SELECT m.data ->> 'displayName' AS name, m.email, m.data ->> 'jobTitle' AS title, m.access,
         (SELECT group_concat(g.name, ', ' ORDER BY g.name) FROM mirror_membership s
          JOIN mirror_group g ON g.workspace_id = s.workspace_id AND g.id = s.group_id
          WHERE s.workspace_id = m.workspace_id AND s.member_id = m.id) AS groups
       FROM mirror_member m WHERE m.workspace_id = ? ORDER BY m.access <> 'granted', name, m.email LIMIT 500`,
    )
    .all(who.workspaceId);
  return page(
    'Members',
    who,
    html`<p>${rows.length === 1 ? '1 person' : `${rows.length} people`} of your company.</p>
      <div class="wide" tabindex="0" role="region" aria-label="Members">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">E-mail</th>
              <th scope="col">Job title</th>
              <th scope="col">Groups</th>
              <th scope="col">Access</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  <th scope="row">${cell(row.name ?? row.email)}</th>
                  <td>${cell(row.email)}</td>
                  <td>${cell(row.title)}</td>
                  <td>${cell(row.groups)}</td>
                  <td><span class="access ${cell(row.access)}">${accessText(cell(row.access))}</span></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  );
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function accessText(access: string): string {
  return { granted: 'Active', suspended: 'Suspended', ended: 'Ended' }[access] ?? access;
}

/** @param mayManage whether they are the customer's admin */
export function settingsPage(who: SignedIn, mayManage: boolean): string {
  const offer = html`<p>Let your identity provider decide who uses Fernweh.</p>
    <p><a href="/settings/user-provisioning">User provisioning</a></p>
    <form method="post" action="/settings/user-provisioning/window">
      <button class="quiet">Open user provisioning in a window of its own</button>
    </form>`;
  return page(
    'Settings',
    who,
    mayManage ? offer : html`<p>Only administrators of your company can change settings.</p>`,
  );
}

/** What the page of user provisioning shows beside the screen of the service. */
interface ProvisioningFacts {
  serviceUrl: string;
  seats: { limit: number; used: number; waiting: number } | null;
  seatsPerPurchase: number;
}

/** The settings screen of the service as a part of this page, and the seats that the customer has. */
export function provisioningPage(
  who: SignedIn,
  { serviceUrl, seats, seatsPerPurchase }: ProvisioningFacts,
): string {
  const purchase = (free: string) =>
    html`<form method="post" action="/settings/user-provisioning/seats" class="seats">
      <p role="status">${free}</p>
      <button>Buy ${seatsPerPurchase} more seats</button>
    </form>`;
  return page(
    'User provisioning',
    who,
    html`${seats === null ? null : purchase(seatsText(seats))}
      <user-provisioning title="User provisioning" locale="en"></user-provisioning>
      <script src="${serviceUrl}/embed.js" defer></script>
      <script src="/user-provisioning.js" defer></script>`,
  );
}

function seatsText({ limit, used, waiting }: { limit: number; used: number; waiting: number }): string {
  const taken = `${used} of ${limit} seats are taken.`;
  if (waiting === 0) return taken;
  return `${taken} ${waiting === 1 ? '1 person waits' : `${waiting} people wait`} for one.`;
}

/** Signs the admin in to the screen, by the session that they have here. */
export const provisioningScript = `const screen = document.querySelector('user-provisioning');
screen.getSession = async () => {
  const answer = await fetch('/settings/user-provisioning/session', { method: 'POST' });
  if (!answer.ok) throw new Error('You are no administrator any more');
  return answer.json();
};
`;

/** For what does not exist, or went wrong. */
export function faultPage(title: string, text: string, who: SignedIn | null): string {
  return page(title, who, html`<p>${text}</p>`);
}

/** Goes on to the page for people whose session has ended, as soon as it has. */
export const sessionScript = `new EventSource('/session/events').addEventListener('ended', () => {
  location.replace('/signed-out');
});
`;

export const style = `:root { color-scheme: light dark; --ink: light-dark(#1d2433, #e8eaf0); --paper: light-dark(#fff, #12161f);
  --line: light-dark(#d5dae5, #333b4d); --soft: light-dark(#5a6478, #a3adc2); --accent: light-dark(#1f5fbf, #8ab8ff);
  --on-accent: light-dark(#fff, #0d1520); --bad: light-dark(#b3261e, #ff9d94); }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; padding: 0.75rem 1.5rem;
  border-bottom: 1px solid var(--line); }
.brand { margin: 0; font-weight: 700; }
nav { display: flex; gap: 1rem; flex: 1; }
header form { display: flex; gap: 0.75rem; align-items: center; }
main { max-width: 80rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.2; }
a { color: var(--accent); }
.card { display: grid; gap: 0.5rem; max-width: 24rem; }
.hint { margin: 0; color: var(--soft); font-size: 0.9rem; }
.fault { margin: 0; color: var(--bad); }
input, button { font: inherit; padding: 0.5rem 0.75rem; border-radius: 0.4rem; border: 1px solid var(--soft); }
input { background: var(--paper); color: var(--ink); }
button { background: var(--accent); color: var(--on-accent); border-color: transparent; cursor: pointer; }
button.quiet { background: none; color: var(--accent); border-color: var(--line); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
user-provisioning { border: 1px solid var(--line); border-radius: 0.4rem; overflow: hidden; }
.seats { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin-bottom: 1rem; }
.seats p { margin: 0; }
th, td { text-align: left; padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--soft); font-size: 0.9rem; }
.access.ended, .access.suspended { color: var(--bad); }
`;
