import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { SystemClock } from '../../src/database/clock.ts';
import { Screen } from '../harness/screen.ts';
import { type Service, startService } from '../harness/service.ts';
import { givenPerson } from '../harness/directory-person.ts';
import { givenWorkspace, newAdminCode, type TestWorkspace } from '../harness/workspace.ts';

jest.setTimeout(120_000);

let service: Service<SystemClock>;
let browser: Browser;
let workspace: TestWorkspace;
let german: Screen;

beforeAll(async () => {
  service = await startService({ clock: new SystemClock() });
  browser = await openBrowser();
  workspace = await givenWorkspace(service);
  german = await Screen.open(browser, service.url, 'de-DE');
  await german.begin('members', await newAdminCode(service, workspace.id));
});

afterAll(async () => {
  await browser?.close();
});

/** Chooses a file with this text in the dialog that is open. */
async function choose(name: string, text: string): Promise<void> {
  const input = german.page.getByRole('dialog').locator('input[type=file]');
  await input.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

describe('a limited number of seats in German', () => {
  it('refuses a file that needs more, and says before a run who gets one and who waits', async () => {
    const { id, operator, admin, scim } = workspace;
    await operator.patch(`/operator/workspaces/${id}`, { seats: { limit: 2 } }).expect(200);
    await admin.post('/api/members', { email: 'seated@example.com' }).expect(201);
    await german.goto('members');
    await german.button('CSV importieren').click();
    await choose('seats.csv', 'email\na@example.com\nb@example.com\n');
    await german.sees('Diese Datei fügt 2 Mitglieder hinzu, und 1 von 2 Plätzen ist frei.');
    for (const name of ['ada', 'bob', 'cara']) await givenPerson(scim, `${name}@example.com`);
    await german.goto('user-provisioning/synchronize');
    await german.sees('1 von 3 Personen erhält einen Platz; 2 müssen warten');
    await german.goto('user-provisioning');
    await german.sees('1 von 2 Plätzen ist vergeben');
    await german.sees('1 von 3 Personen erhält einen Platz; 2 müssen warten');
    await german.goto('user-provisioning/settings');
    await german.sees('Wer zuerst einen Platz bekommt');
    await operator.patch(`/operator/workspaces/${id}`, { seats: null }).expect(200);
  });
});

describe('a file that is refused in German', () => {
  it('of members names each line and what to do about it', async () => {
    await workspace.admin.post('/api/members', { email: 'taken@example.com' }).expect(201);
    await german.goto('members');
    await german.button('CSV importieren').click();
    await choose(
      'a.csv',
      'email,language,department\nnobody,,\nok@example.com,Deutsch,\nOK@example.com,de,x\n,de,y\n',
    );
    await german.sees('Nichts wurde importiert: 4 Fehler');
    await german.sees('Zeile 2, E-Mail: muss eine E-Mail-Adresse sein');
    await german.sees('Zeile 3, Sprache: muss eine Sprache sein, etwa en oder de-DE');
    await german.sees('Zeile 4, E-Mail: steht schon in Zeile 3; entfernen Sie eine der beiden');
    await german.sees('Zeile 5, E-Mail: ist ein Pflichtfeld');
    await choose('b.csv', 'email,Schuhgröße\nb@example.com,44\n');
    await german.sees('Zeile 1, Spalte 2: ist weder Feld noch Eigenschaft: Schuhgröße');
    await choose('c.csv', 'email,jobTitle\nc@example.com,Chef, wirklich\n');
    await german.sees('Zeile 2: muss eine Zelle pro Spalte haben (2), hat aber 3');
    await choose('d.csv', 'email\ntaken@example.com\n');
    await german.sees('Zeile 2, E-Mail: gehört schon einem Mitglied; entfernen Sie die Zeile');
    await choose('e.csv', `email\n${'e@example.com\n'.repeat(10_001)}`);
    await german.sees('Eingabe: darf höchstens 10.000 Zeilen haben; teilen Sie die Datei auf');
    await choose('f.csv', `email\n${'x'.repeat(5 * 1024 * 1024)}`);
    await german.sees('Das ist größer als die 5 MB, die der Dienst auf einmal annimmt.');
  });

  it('of members can be imported after all when those who are there may be changed', async () => {
    await german.goto('members');
    await german.button('CSV importieren').click();
    const name = 'excel.csv';
    const bytes = Buffer.from('id;email;firstName\n;taken@example.com;Jürgen\n', 'latin1');
    const input = german.page.getByRole('dialog').locator('input[type=file]');
    await input.setInputFiles({ name, mimeType: 'text/csv', buffer: bytes });
    await german.sees('Zeile 2, E-Mail: gehört schon einem Mitglied; entfernen Sie die Zeile');
    await german.page.getByLabel('Vorhandene Mitglieder aktualisieren').check();
    await german.sees('1 Mitglied ändert sich');
    await german.sees('Gelesen als Windows-1252, Trennzeichen: Semikolon.');
    await german.button('1 Mitglied importieren').click();
    await german.sees('1 Mitglied importiert');
    const { body } = await workspace.admin.get('/api/members?search=taken').expect(200);
    expect(body).toMatchObject({ items: [{ firstName: 'Jürgen' }] });
  });

  it('of the attribute mapping names the place in the file', async () => {
    await german.goto('user-provisioning/attribute-mapping');
    await german.button('Weitere Aktionen').click();
    await german.page.getByText('JSON importieren').click();
    const rules = [{ source: 7, target: { field: 'email' }, wen: 'always', when: 'sometimes' }, 5];
    const properties = [{ name: '', type: 'colour', options: 'red', required: 'yes' }];
    await choose('a.json', JSON.stringify({ format: 2, rules, properties }));
    await german.sees('rules[0].wen ist kein bekanntes Feld; prüfen Sie die Schreibweise');
    await german.sees('rules[0].when muss eines davon sein: always, create');
    await german.sees('rules[1] muss ein Objekt sein');
    await german.sees('properties[0].name muss ein Text mit mindestens einem sichtbaren Zeichen sein');
    await german.sees('properties[0].required muss wahr (true) oder falsch (false) sein');
    await german.sees('format muss eines davon sein: 1');
  });
});

describe('a change that is refused in German', () => {
  it('by the browser is so in German, too', async () => {
    await german.goto('members');
    await german.button('Mitglied hinzufügen').click();
    const address = german.page.getByRole('dialog').getByLabel('E-Mail');
    const said = () =>
      address.evaluate((input) => (input as unknown as { validationMessage: string }).validationMessage);
    await german.button('Speichern').click();
    expect(await said()).toBe('Bitte füllen Sie dieses Feld aus.');
    await address.fill('niemand');
    await german.button('Speichern').click();
    expect(await said()).toBe('Bitte geben Sie eine E-Mail-Adresse ein, etwa name@example.com.');
    await german.page.getByRole('dialog').getByRole('button', { name: 'Schließen' }).click();
    await german.sees('Schließen, ohne zu speichern?');
    await german.button('Änderungen verwerfen').click();
    await german.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('of a rule names the rule and its part', async () => {
    await german.goto('user-provisioning/attribute-mapping');
    await german.button('Regel hinzufügen').click();
    await german.page.getByRole('combobox', { name: 'Quellattribut' }).fill('title.part');
    await german.page.getByLabel('Ziel', { exact: true }).selectOption('jobTitle');
    await german.button('Übernehmen').click();
    await german.button('Speichern').click();
    await german.sees(
      /^Regel \d+, Quellattribut: ist kein Attribut, das eine Regel lesen kann: title\.part; geschrieben/,
    );
  });

  it('of a property names the rules that could not go on', async () => {
    const rules = [
      { source: 'userName', target: { field: 'email' } },
      { source: 'title', target: { property: 'department' } },
    ];
    await workspace.admin.put('/api/attribute-mapping', { rules }).expect(200);
    await german.goto('properties');
    await german
      .button(/bearbeiten$/)
      .first()
      .click();
    await german.page.getByLabel('Wie sie ausgefüllt wird').selectOption('people');
    await german.button('Speichern').click();
    await german.sees('Ändern Sie zuerst diese Regeln:');
    await german.sees('Regel 2, Ziel: wird von Menschen gefüllt, nicht von Regeln: department');
  });

  it('of a member or of settings says that somebody else was first', async () => {
    const { body } = await workspace.admin.post('/api/members', { email: 'first@example.com' }).expect(201);
    const { id } = body as { id: string };
    await german.goto(`members/${id}`);
    await german.button('Mitglied bearbeiten').click();
    await german.page.getByLabel('Position').fill('Leitung');
    await workspace.admin.patch(`/api/members/${id}`, { firstName: 'Ann' }).expect(200);
    await german.button('Speichern').click();
    await german.sees(/^Jemand anderes hat das inzwischen geändert\. Laden Sie die Seite neu/);
    const after = await workspace.admin.get(`/api/members/${id}`).expect(200);
    expect(after.body).toMatchObject({ firstName: 'Ann', jobTitle: null });
    await german.goto('user-provisioning/settings');
    await german.page.getByLabel('Was mit dem Mitglied geschieht').selectOption('delete');
    await workspace.admin.patch('/api/user-provisioning/settings', { graceDays: 7 }).expect(200);
    await german.button('Speichern').click();
    await german.sees(/^Jemand anderes hat das inzwischen geändert\. Laden Sie die Seite neu/);
  });

  it('of the settings names the field and its limit', async () => {
    await german.goto('user-provisioning/settings');
    await german.page.getByLabel('Was mit dem Mitglied geschieht').selectOption('delete');
    await german.page.getByLabel('Tage bis zum Entfernen').fill('999');
    await german.button('Speichern').click();
    await german.sees(/^darf höchstens 365 sein$/);
    await german.hasFocus(german.page.getByLabel('Tage bis zum Entfernen'));
  });

  it('of the API tokens says how many there can be', async () => {
    for (let more = true; more;) {
      more = (await workspace.admin.post('/api/tokens', { name: 'more' })).status === 201;
    }
    await german.goto('user-provisioning/tokens');
    await german.sees(/hat die Höchstzahl von \d+ gültigen API-Tokens erreicht\. Widerrufen Sie eines/);
    expect(await german.button('Neues API-Token').isDisabled()).toBe(true);
  });
});

describe('a page that loses a part of itself', () => {
  const membersChunk = /\/members-page-[\w-]+\.js$/;
  const notLoaded = 'Dieser Teil der Seite konnte nicht geladen werden';

  it('loads itself again when an update has taken its files away, once', async () => {
    const { page } = german;
    await german.load('user-provisioning/settings');
    await german.isLoaded();
    await page.route(membersChunk, (route) => route.fulfill({ status: 404 }), { times: 1 });
    await page.getByRole('link', { name: 'Mitglieder', exact: true }).click();
    await german.sees('CSV exportieren');
    expect(new URL(page.url()).pathname).toBe('/settings/members');
  });

  it('keeps its frame and says what helps while the files do not come', async () => {
    const { page } = german;
    await german.load('user-provisioning/settings');
    await german.isLoaded();
    await page.route(membersChunk, (route) => route.abort());
    await page.getByRole('link', { name: 'Mitglieder', exact: true }).click();
    await german.sees(notLoaded);
    await page.getByRole('link', { name: 'Synchronisierungen', exact: true }).click();
    await page.getByText(notLoaded).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Mitglieder', exact: true }).click();
    await german.sees(notLoaded);
    await page.unroute(membersChunk);
    await german.button('Seite neu laden').click();
    await german.sees('CSV exportieren');
  });

  it('keeps the rest when one panel meets what it does not know', async () => {
    const { page } = german;
    await page.route(/\/api\/groups\?/, (route) =>
      route.fulfill({ json: { items: [null], nextCursor: null } }),
    );
    // Loaded, since the page of the members asks for groups, too: what it was told a moment ago is not asked again.
    await german.load('groups');
    await german.sees('In diesem Teil der Seite ist ein Fehler aufgetreten');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.unroute(/\/api\/groups\?/);
    await german.button('Erneut versuchen').waitFor();
  });

  it('says that what it shows may be old while there is no connection', async () => {
    const { page } = german;
    // Loaded, since the page would go on with the groups of the test before.
    await german.load('members');
    await german.isLoaded();
    await page.context().setOffline(true);
    await german.sees('Der Dienst ist im Moment nicht erreichbar.');
    await page.context().setOffline(false);
    await page.getByText('Der Dienst ist im Moment nicht erreichbar.').waitFor({ state: 'detached' });
    await german.sees('CSV exportieren');
  });
});

const emptyCards = `[...document.querySelectorAll('main .card-surface')]
  .filter((card) => card.checkVisibility() && card.innerText.trim() === '').length`;

describe('a list that the service is too busy for', () => {
  it('is asked for again, and comes without anybody pressing anything', async () => {
    const places = '**/api/groups?*';
    const type = 'urn:user-provisioning:problem:too-many-requests';
    let isBusy = true;
    await german.page.route(places, async (route) => {
      if (!isBusy) return route.fallback();
      isBusy = false;
      return route.fulfill({ status: 429, json: { type, status: 429 } });
    });
    await german.load('groups');
    await german.sees('Noch keine Gruppen');
    expect(isBusy).toBe(false);
    expect(await german.page.getByText('Das hat nicht geklappt').count()).toBe(0);
    await german.page.unroute(places);
  });
});

describe('a list that cannot be read', () => {
  // On a page that has read none of them yet.
  beforeAll(() => german.load('sessions'));

  it.each<[path: string, list: string, others?: number]>([
    // Members are listed with these two.
    ['groups', 'groups'],
    ['properties', 'properties'],
    ['members', 'members'],
    ['user-provisioning/directory', 'directory/users'],
    ['user-provisioning/synchronize', 'sync-preview'],
    ['user-provisioning/runs', 'sync-runs'],
    ['user-provisioning/log', 'provisioning-log'],
    ['user-provisioning/audit-log', 'audit-log'],
    ['user-provisioning/tokens', 'tokens'],
    // There are no channels, which is said.
    ['user-provisioning/notifications', 'notifications/deliveries', 1],
  ])('is not called empty, nor anything said to be missing: %s', async (path, list, others = 0) => {
    const places = `**/api/${list}?*`;
    await german.page.route(places, (route) => route.fulfill({ status: 400, json: { status: 400 } }));
    await german.goto(path);
    await german.sees('Das hat nicht geklappt');
    await german.isLoaded();
    // A note says so, and nothing else is left of the list.
    expect(await german.page.locator('main .empty-icon').count()).toBe(others);
    expect(await german.page.evaluate(emptyCards)).toBe(0);
    await german.page.unroute(places);
  });
});
